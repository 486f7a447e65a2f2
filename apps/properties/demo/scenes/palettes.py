from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """`walls` are house fronts, `far` to `near` the land from the horizon to the foreground."""

    sky: tuple[str, str]
    sun: str
    far: str
    mid: str
    near: str
    leaf: str
    water: tuple[str, str]
    walls: tuple[str, ...]
    roof: str
    accent: str
    wood: str
    dark: str
    room: str


def _palette(
    sky: str, sun: str, land: str, water: str, walls: str, furnish: str, leaf: str
) -> Palette:
    far, mid, near = land.split()
    roof, accent, wood, dark, room = furnish.split()
    top, low = sky.split()
    shallow, deep = water.split()
    return Palette(
        sky=(top, low),
        sun=sun,
        far=far,
        mid=mid,
        near=near,
        leaf=leaf,
        water=(shallow, deep),
        walls=tuple(walls.split()),
        roof=roof,
        accent=accent,
        wood=wood,
        dark=dark,
        room=room,
    )


PALETTES = {
    "coral": _palette(
        "#8fc7e8 #ffe3c4", "#fff1b8", "#b9c4cf #d59a7c #b5694e", "#7cc0d8 #3f8fb5",
        "#fbe9d3 #f6c9a4 #f3b0a0 #dfe9ee #f7dd9b", "#d9694a #2f7fb0 #b98352 #4b3a3f #fbefe2",
        "#6f9a5b",
    ),
    "heather": _palette(
        "#9fb3cf #f1dfe0", "#fff4dc", "#a9aec6 #8a83a6 #5f6b5a", "#a9bed0 #6d88a3",
        "#cbb9a4 #b7a28e #d8cbbb #a8978c #c3b3b5", "#5b5f73 #8d5f8c #8f6b4f #37384a #ece6ea",
        "#6c8258",
    ),
    "nordic": _palette(
        "#bfdcea #fdf1dc", "#fff3c9", "#c2d2d6 #9db6b3 #6f8f86", "#9cc5d3 #5b93ab",
        "#e9b44c #d9735b #7fa3b5 #f0e4d0 #9bb08f #c98a8a",
        "#b5513f #2b6777 #c49a6c #34424a #f5f1ea",
        "#7b9e78",
    ),
    "fynbos": _palette(
        "#86c5e6 #fde7d2", "#fff0c2", "#a7b8c9 #7f90a3 #7c9a5e", "#6fc3cf #2f87a3",
        "#f3a6b4 #9ad0b8 #f7d774 #8fb8de #f5efe6", "#c7775a #e06a4e #a9784f #3a4550 #f7f0e6",
        "#6d9658",
    ),
    "saffron": _palette(
        "#7fbbe0 #ffe0b3", "#fff0b0", "#d8b59a #cf8f6a #b4613f", "#7cc4c0 #3a8f95",
        "#e39a6f #d98259 #efc08f #c96f50 #f2d8b3", "#a4553a #1f7a8c #9a6238 #4a2f2a #f8e6cf",
        "#6f9150",
    ),
    "maple": _palette(
        "#c5d6de #fbe6d8", "#fff2dc", "#b4bfc2 #8fa08c #5f7a58", "#a7c4bf #64908d",
        "#efe6d6 #d9c7ab #c9b08c #f5efe3 #b59a7a", "#4d4a52 #c8452f #8a5a3c #33302f #f4ecdf",
        "#d0603a",
    ),
    "jade": _palette(
        "#8ec9d6 #f9eccb", "#fff3bf", "#a6c0bd #6f9f92 #3f7a66", "#84c3bf #3f8f90",
        "#dfe6df #c7d8d0 #f0d9b8 #b5c7c9 #e8c6b8", "#3f6f66 #e2703a #a87a4f #2e3f44 #eef3ec",
        "#5f9a6a",
    ),
    "eucalypt": _palette(
        "#94cbe6 #fdecc8", "#fff0b5", "#b3c3bd #90a88f #6f8a5f", "#7fc4d1 #3c8fae",
        "#f0e2cf #d7b79c #c4d3cc #e7c7b5 #b9c4d1", "#7a5148 #d9822b #a97e57 #3b3f45 #f6f1e7",
        "#7d9a6b",
    ),
    "cedar": _palette(
        "#8bb9d9 #f6e3dc", "#fff1d0", "#9fb3c8 #5f7f8f #2f5a50", "#7fb0c4 #376f8a",
        "#d9d2c5 #b7a58f #9fb0a8 #e6ddcf #8fa0a8", "#5a4a42 #d1603d #94623f #26343a #f2efe8",
        "#3f6f58",
    ),
    "bayou": _palette(
        "#9ad0e0 #ffe6cf", "#fff2c4", "#b8c4ae #8fa678 #5f8350", "#8fc0b5 #4f8a86",
        "#f2b5a7 #a7d0c4 #f7e0a3 #b9b3dc #f5efe4 #8fb8d0",
        "#5c4a58 #7a4e9b #a5744c #3c3440 #f8f0e8",
        "#5f8f5a",
    ),
    "bugambilia": _palette(
        "#8cc6ec #ffe3cf", "#fff0b8", "#b5b9d0 #9a86ad #7a6a5a", "#7fc6c9 #3b8f9f",
        "#e8637f #f2a541 #5fa8a0 #f6e3c5 #4f79b8", "#b5483f #d6247f #a0683f #3d2f3d #faeede",
        "#5f9a55",
    ),
    "tropic": _palette(
        "#7ccbee #fff0c9", "#fff4b0", "#9fc0c4 #5f9f86 #2f7f5a", "#5fcbd0 #1f8fa8",
        "#f9e3b8 #f3b78a #fff6e8 #9fd6c8 #f5d06a", "#c9573f #f08a24 #a9713f #2f3f3c #f8f4e6",
        "#3f9a5a",
    ),
}  # fmt: skip
