//! Names of elements and attributes: what tells markup from prose.

/// Elements that never hold others, or that the parser closes before the next of their kind:
/// all but inside `svg` and `math`.
pub fn closes_itself(name: &str) -> bool {
    const NAMES: [&str; 31] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "frame", "image", "keygen", "basefont", "bgsound", "li", "dd", "dt", "p", "option", "tr", "td", "th", "rt",
        "rp", "html", "body",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Elements of which the parser keeps the text where it stands and as it is.
pub fn is_inline(name: &str) -> bool {
    const NAMES: [&str; 33] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "ref", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Attributes that real markup writes without a value.
pub fn is_bare_attribute(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 15] = [
        b"nowrap",
        b"noshade",
        b"compact",
        b"selected",
        b"checked",
        b"disabled",
        b"controls",
        b"hidden",
        b"loop",
        b"muted",
        b"async",
        b"defer",
        b"multiple",
        b"readonly",
        b"inline",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Names that stand in real markup: HTML's, the commoner ones of MathML and SVG, and MediaWiki's.
pub fn is_markup_name(name: &str) -> bool {
    const NAMES: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big \
        blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn \
        dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head \
        header hgroup hr html i iframe image img input ins kbd label legend li link listing main map mark marquee menu \
        meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre \
        progress q rb rp rt rtc ruby s samp script search section select slot small source span strike strong style sub \
        summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp \
        math mi mn mo mrow mfrac msqrt msub msup mtext mspace mtable mtr mtd annotation semantics g path rect circle \
        line text tspan defs \
        nowiki ref references gallery includeonly noinclude onlyinclude timeline hiero score syntaxhighlight source \
        poem chem ce templatestyles templatedata imagemap inputbox categorytree charinsert indicator section mapframe \
        maplink graph phonos langconvert doc ";
    let name = name.to_ascii_lowercase();
    NAMES.contains(&format!(" {name} "))
}

/// Elements whose content the parser takes as it is, up to their end tag.
pub const RAW_TEXT: [&str; 9] =
    ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Elements of a page of which no reader sees anything (lower case).
pub fn is_unseen(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript" | "head" | "svg")
}

/// Elements of a page that begin and end a line (lower case).
pub fn begins_line(name: &str) -> bool {
    const NAMES: &str = " address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul option caption ";
    NAMES.split(' ').any(|known| known == name)
}

/// Elements of running text in SGML, in any letter case.
#[must_use]
pub fn is_running(name: &str) -> bool {
    const NAMES: [&str; 28] = [
        "p", "s", "w", "seg", "ab", "l", "lg", "lb", "pb", "div", "br", "b", "i", "u", "em", "strong", "span", "sup",
        "sub", "ul", "ol", "li", "hi", "font", "table", "foreign", "sec", "sp",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Elements of a table's row (lower case).
pub fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "cell")
}

/// Elements whose field is named by their attribute `name`: `<field name="title">` (Solr, `MySQL`).
pub fn is_named_by_attribute(name: &str) -> bool {
    matches!(name, "field" | "column" | "property" | "str" | "param")
}
