"""The ribbon as Office reads it (customUI, 2009/07), from its declaration."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from warmap_addin.excel.ribbon import GROUPS, TAB_ID, Button, Group

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
CALLBACKS = {
    "onLoad": "WarmapRibbonLoaded",
    "getLabel": "WarmapRibbonLabel",
    "getScreentip": "WarmapRibbonScreentip",
    "getEnabled": "WarmapRibbonEnabled",
    "onAction": "WarmapRibbonPressed",
}
PARAMETERS = {
    "onLoad": ("ribbon As IRibbonUI",),
    "getLabel": ("control As IRibbonControl", "ByRef returnedVal"),
    "getScreentip": ("control As IRibbonControl", "ByRef returnedVal"),
    "getEnabled": ("control As IRibbonControl", "ByRef returnedVal"),
    "onAction": ("control As IRibbonControl",),
}


def ribbon_xml() -> str:
    """The XML: one tab, its groups and buttons; words and states are asked for by callbacks, by the tag."""
    groups = "".join(map(_group, GROUPS))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{NAMESPACE}" onLoad="{CALLBACKS["onLoad"]}">\n <ribbon>\n  <tabs>\n'
        f'   <tab id="{TAB_ID}" tag="{TAB_ID}" getLabel="{CALLBACKS["getLabel"]}">\n{groups}   </tab>\n'
        "  </tabs>\n </ribbon>\n</customUI>\n"
    )


def _group(group: Group) -> str:
    buttons = "".join(map(_button, group.buttons))
    return f'    <group id="{group.id}" tag="{group.id}" getLabel="{CALLBACKS["getLabel"]}">\n{buttons}    </group>\n'


def _button(button: Button) -> str:
    attributes = {
        "id": button.control_id, "tag": button.id, "size": "large" if button.large else "normal",
        "imageMso": button.icon, **{name: CALLBACKS[name] for name in CALLBACKS if name != "onLoad"},
    }  # fmt: skip
    shown = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f"     <button {shown}/>\n"
