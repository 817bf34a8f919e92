//! What is markup, what only looks like it, and what is counted.

use std::borrow::Cow;

use super::tidy::*;

fn html(body: &str) -> String {
    tidy(body).html.into_owned()
}

#[test]
fn whole_markup_is_left_alone() {
    for body in [
        "",
        "글",
        "a < b <3 <한글> x",
        "<br>",
        "a<b>c</b>",
        "<img\n src='x>y'\n alt=\"\n\">",
        "<!-- a < b -->c",
        "<title>a<b</title>",
    ] {
        let tidied = tidy(body);
        assert!(matches!(tidied.html, Cow::Borrowed(_)), "{body}");
        assert_eq!(tidied.broken, 0, "{body}");
    }
}

#[test]
fn sign_that_opens_no_complete_tag_on_its_line_is_text() {
    assert_eq!(html("x <y z"), "x &lt;y z");
    assert_eq!(html("x <y and\nz > w"), "x &lt;y and\nz > w");
    assert_eq!(html("<a href=\"x\nb"), "&lt;a href=\"x\nb");
    assert_eq!(html("a <b <i>c</i>"), "a &lt;b <i>c</i>");
    assert_eq!(html("<?php x ?></그림><![CDATA[y]]>"), "&lt;?php x ?>&lt;/그림>&lt;![CDATA[y]]>");
    assert_eq!(html("end <"), "end <");
    assert_eq!(html("a </doc> b <doc>c</doc>"), "a &lt;/doc> b <doc>c</doc>");
}

#[test]
fn element_never_closed_keeps_its_content() {
    assert_eq!(html("a<!-- b\n<i>c</i>"), "a&lt;!-- b\n<i>c</i>");
    assert_eq!(html("a<TITLE>b<i>c</i>"), "ab<i>c</i>");
    assert_eq!(html("<plaintext>a<b>c"), "a<b>c");
    assert_eq!(html("<script>a<b</script><script>c<br>"), "<script>a<b</script>c<br>");
    assert_eq!(html("<!-->a<!--->b<!--x--!>c"), "<!-->a<!--->b<!--x--!>c");
    assert_eq!(tidy("<!---->a<!----!>b<!--x--->c<!-- -!> -- > > --!! --!>d<!-- <!-->e").comments, 5);
    assert_eq!(html("<!---!>a<!--b-- >"), "&lt;!---!>a&lt;!--b-- >");
}

#[test]
fn tags_comments_and_prose_are_counted() {
    let tidied = tidy("<b>x</b><br clear=all><!-- c --><Head over Heels><the end><ref name=a/><td nowrap>");
    assert_eq!((tidied.tags, tidied.comments, tidied.broken, tidied.prose), (7, 1, 0, 2));
    assert_eq!(tidied.first_prose, Some("<Head over Heels>"));
}

#[test]
fn hostile_bodies_are_told() {
    assert!(tidy(&"<div>".repeat(513)).too_deep);
    assert!(!tidy(&"<div></div><li><br>".repeat(10_000)).too_deep);
    for foreign in ["svg", "MATH"] {
        assert!(tidy(&format!("<{foreign}>{}", "<td>".repeat(512))).too_deep);
        assert!(tidy(&format!("<{foreign}></td>").repeat(513)).too_deep);
        let closed = ["<td>x</td>", "<br/>", &format!("<{foreign}><p></p></{foreign}>")].concat().repeat(600);
        assert!(!tidy(&format!("<{foreign}>{closed}</{foreign}>{}", "<td>".repeat(600))).too_deep);
    }
    assert_eq!(tidy(&format!("<a {}>", "x ".repeat(300))).broken, 1);
}

#[test]
fn body_without_its_tags_keeps_all_its_text() {
    assert_eq!(
        without_tags("a<b>c &amp; d</b><!-- e -->f<script>g<h</script><title>i<i>j</i>k <l m"),
        "ac &amp; dfg&lt;hijk &lt;l m"
    );
}
