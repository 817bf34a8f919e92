//! A lane's spans as blocks that can be seen: what is too narrow for a pixel or two becomes one block
//! with its neighbours.

use std::time::Duration;

use crate::session::Span;

/// Blocks narrower than this, in points, take up their neighbours.
const NARROW: f32 = 3.0;

/// A stretch to paint; `from` and `to` in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    pub from: f32,
    pub to: f32,
    pub failed: bool,
    pub is_open: bool,
}

/// What to paint of a lane.
pub fn blocks(spans: &[Span], now: Duration, x: impl Fn(Duration) -> f32) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for span in spans {
        let (from, to) = (x(span.from), x(span.end(now)));
        let (failed, is_open) = (span.failed > 0, span.to.is_none());
        match blocks.last_mut() {
            Some(last) if !is_open && to - last.from <= NARROW && from - last.to < 1.0 => {
                last.to = to;
                last.failed |= failed;
            }
            _ => blocks.push(Block { from, to, failed, is_open }),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::FileId;

    fn span(file: u32, from: u64, to: Option<u64>, failed: usize) -> Span {
        let ms = Duration::from_millis;
        Span { file: FileId(file), files: 1, failed, from: ms(from), to: to.map(ms), busy: Duration::ZERO }
    }

    #[test]
    fn short_spans_become_blocks_that_can_be_seen_and_failures_stay() {
        let mut spans: Vec<Span> =
            (0..1000_u64).map(|n| span(n as u32, n, Some(n + 1), usize::from(n == 500))).collect();
        spans.push(span(1000, 1000, None, 0));
        let blocks = blocks(&spans, Duration::from_secs(2), |at| at.as_secs_f32() * 200.0);
        assert!(blocks.len() < 110, "{}", blocks.len());
        assert_eq!(blocks.iter().filter(|block| block.failed).count(), 1);
        let last = blocks.last().expect("the file in work");
        assert_eq!((last.is_open, last.from, last.to), (true, 200.0, 400.0));
        assert!(blocks.windows(2).all(|pair| pair[0].to <= pair[1].from + 0.01));
    }

    #[test]
    fn pause_between_files_stays_open() {
        let spans = [span(0, 0, Some(1), 0), span(1, 500, Some(501), 0)];
        assert_eq!(blocks(&spans, Duration::from_secs(1), |at| at.as_secs_f32() * 100.0).len(), 2);
    }
}
