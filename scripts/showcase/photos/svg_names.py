"""The names that may stand in a drawing: what draws, and nothing that does anything else.

From SVG 2 and Filter Effects 1 (https://www.w3.org/TR/SVG2/, https://www.w3.org/TR/filter-effects-1/).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DRAWS = _words("""
    svg g defs symbol use switch a path rect circle ellipse line polyline polygon text tspan
    textPath linearGradient radialGradient stop clipPath mask pattern marker style filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence
""")
"""Elements that draw or hold what is drawn; without those that load, run, link or move."""

SAYS_NOTHING = _words("metadata title desc view cursor")
"""Elements that show nothing in a picture on a page: they are left out."""

PRESENTS = _words("""
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
    color-interpolation-filters direction display dominant-baseline fill fill-opacity fill-
    rule filter flood-color flood-opacity font-family font-size font-size-adjust font-
    stretch font-style font-variant font-weight glyph-orientation-horizontal glyph-
    orientation-vertical image-rendering letter-spacing lighting-color marker marker-end
    marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order
    shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
    text-decoration text-rendering transform transform-origin unicode-bidi vector-effect
    visibility word-spacing writing-mode
""")
"""Properties that may be written as attributes, as in a ``style`` attribute."""

MEASURES = _words("""
    amplitude azimuth baseFrequency bias class clipPathUnits cx cy d diffuseConstant divisor
    dx dy edgeMode elevation exponent filterUnits fr fx fy gradientTransform gradientUnits
    height id in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength lengthAdjust
    limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits method
    mode numOctaves offset operator order orient pathLength patternContentUnits
    patternTransform patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha
    preserveAspectRatio primitiveUnits r radius refX refY result rotate rx ry scale seed
    side slope spacing specularConstant specularExponent spreadMethod startOffset
    stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX targetY
    textLength type values version viewBox width x x1 x2 xChannelSelector y y1 y2
    yChannelSelector z
""")
"""Other attributes: measures, shapes, references within the drawing."""
