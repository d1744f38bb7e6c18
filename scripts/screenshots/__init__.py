"""Pictures of every page of the demonstration practice, looked at for barriers while they are taken."""
