//! A record's tree as columns' selectors look into it: XML's own elements in the tree of the library that matches.

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName};
use scraper::node::{Element, Text};
use scraper::{Html, Node};

use super::entities::Entities;
use super::tree::{Kind, Tree};

/// The tree of a piece of XML. Its names have no namespace, so that letters count as they are; a prefix is part
/// of the name.
#[must_use]
pub fn tree(markup: &str, entities: &Entities) -> Html {
    let tree = Tree::of(markup, entities);
    let mut html = Html::new_fragment();
    let root = html.tree.root().id();
    let mut ids: Vec<NodeId> = Vec::with_capacity(tree.nodes.len());
    let name = |name: &str| QualName::new(None, Namespace::default(), LocalName::from(name));
    for (at, node) in tree.nodes.iter().enumerate() {
        let value = match &node.kind {
            Kind::Text(text) => Node::Text(Text { text: StrTendril::from(&**text) }),
            Kind::Element { name: own, .. } => {
                let attributes = tree.attributes(at).iter();
                let attributes =
                    attributes.map(|(key, value)| Attribute { name: name(key), value: StrTendril::from(&**value) });
                Node::Element(Element::new(name(own), attributes.collect()))
            }
        };
        let parent = node.parent.map_or(root, |parent| ids[parent]);
        ids.push(html.tree.get_mut(parent).map_or(root, |mut parent| parent.append(value).id()));
    }
    html
}
