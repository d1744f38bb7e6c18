"""Says a browser's long description of itself in words that somebody recognizes as theirs."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from ua_parser import parse

# As people call them; every other name stands as the library gives it.
BROWSERS = {
    "Mobile Safari": "Safari",
    "Mobile Safari UI/WKWebView": "Safari",
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": "Chrome",
    "HeadlessChrome": "Chrome",
    "Edge Mobile": "Edge",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
}
SYSTEMS = {"Mac OS X": "Mac", "iOS": "iPhone", "Ubuntu": "Linux", "Fedora": "Linux", "Debian": "Linux"}
IN_THE_HAND = {"iPhone", "iPad", "Android"}


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody signed in with."""

    browser: str  # empty where nobody knows it
    system: str
    is_in_the_hand: bool

    @property
    def words(self) -> str:
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or _("A browser that we do not know")


@lru_cache(maxsize=512)
def device_of(user_agent: str) -> Device:
    """Read what a browser says of itself; it may say anything, so this is for people's eyes only."""
    read = parse(user_agent)
    browser = read.user_agent.family if read.user_agent else ""
    system = read.os.family if read.os else ""
    if read.device and read.device.family == "iPad":
        system = "iPad"
    system = SYSTEMS.get(system, system)
    return Device(BROWSERS.get(browser, browser), system, system in IN_THE_HAND)
