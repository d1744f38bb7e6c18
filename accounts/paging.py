"""How the API deals a long list out."""

from rest_framework.pagination import CursorPagination, PageNumberPagination


class Pages(PageNumberPagination):
    """Fifty rows a page, or as many as asked for up to two hundred."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class Stretch(CursorPagination):
    """The same for what only grows: without a count, and as quick at the end as at the start."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
