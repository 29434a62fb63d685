//! What a hostile PDF could do to its reader, and what keeps it from it.
//!
//! In come the bytes of a file or a parsed document, out come refusals. Streams that unpack to more than a bound, streams
//! packed more than once, and forms that draw one another without end are refused before they are unpacked or drawn;
//! pictures are emptied, for their pixels are no text. [`quietly`] catches what stops the libraries.

use std::{
    cell::Cell,
    collections::BTreeMap,
    io::{Read, copy, sink},
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::Once,
};

use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use crate::{Why, unread::size};

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may panic on a broken file, without a message on standard error; none if it did.
pub(super) fn quietly<T>(what: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                before(info);
            }
        }));
    });
    IS_QUIET.set(true);
    // What was being changed is thrown away.
    let done = catch_unwind(AssertUnwindSafe(what)).ok();
    IS_QUIET.set(false);
    done
}

/// Unpacks every packed stream once to see how large it is, without keeping it: `lopdf` unpacks some while it loads.
pub(super) fn unpacked_size(bytes: &[u8], member: u64, left: u64) -> Result<usize, Why> {
    let mut all = 0u64;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        at += found + b"stream".len();
        // The keyword is followed by a line end (ISO 32000-1, 7.3.8.1); readers are lenient about which.
        let data = bytes[at..].trim_ascii_start();
        if data.first().is_none_or(|b| b & 0x0F != 8) {
            continue;
        }
        let unpacked = copy(&mut ZlibDecoder::new(data).take(member + 1), &mut sink()).unwrap_or(0);
        all += unpacked;
        if unpacked > member {
            return Err(Why::bytes(&format!("in the stream at byte {at} when it is unpacked"), member));
        }
        if all > left {
            return Err(Why::bytes("in all its streams when they are unpacked", left));
        }
    }
    Ok(all as usize)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word)
}

/// Empties pictures, and streams that cannot be bounded; says which of the latter there were.
pub(super) fn disarm(pdf: &mut Pdf, member: u64) -> Vec<Why> {
    let mut refused = Vec::new();
    for (id, object) in &mut pdf.objects {
        let Object::Stream(stream) = object else { continue };
        if is_picture(&stream.dict) {
            empty(stream);
        } else if let Some(what) = unbounded(stream, member) {
            refused.push(Why::Damaged(format!("object {} {} {what}; it was left out", id.0, id.1)));
            empty(stream);
        }
    }
    refused
}

fn empty(stream: &mut Stream) {
    stream.dict.remove(b"Filter");
    stream.set_content(Vec::new());
}

fn is_picture(dict: &Dictionary) -> bool {
    dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
}

/// Why a stream cannot be unpacked safely.
fn unbounded(stream: &Stream, member: u64) -> Option<String> {
    /// LZW and repeated filters can make a thousand bytes of one (4,096 of three at most, for each).
    const PACKED_MAX: usize = 256 << 10;
    let filters = stream.filters().unwrap_or_default();
    let expanding = filters
        .iter()
        .filter(|f| matches!(**f, b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL"))
        .count();
    if expanding > 1 {
        return Some("is packed more than once".to_owned());
    }
    if filters.len() == 1 && matches!(filters[0], b"FlateDecode" | b"Fl") {
        let unpacked = copy(&mut ZlibDecoder::new(&stream.content[..]).take(member + 1), &mut sink()).unwrap_or(0);
        return (unpacked > member).then(|| format!("has more than {} when it is unpacked", size(member)));
    }
    (expanding == 1 && stream.content.len() > PACKED_MAX)
        .then(|| format!("has more than {} packed by an old method", size(PACKED_MAX as u64)))
}

/// Whether a page can be drawn in bounds: no form draws itself, and not too many are drawn.
pub(super) fn may_be_drawn(pdf: &Pdf, page: ObjectId) -> Result<(), String> {
    const DRAWN_MAX: u64 = 20_000;
    let Ok(page) = pdf.get_dictionary(page) else { return Ok(()) };
    let mut known = BTreeMap::new();
    let resources = inherited(pdf, page, b"Resources");
    let content = page.get(b"Contents").map(|c| content_of(pdf, c)).unwrap_or_default();
    let drawn = drawn_by(pdf, &content, resources, &mut known, 0)?;
    if drawn > DRAWN_MAX {
        return Err(format!("its forms are drawn more than {DRAWN_MAX} times"));
    }
    Ok(())
}

/// How many forms a content draws at most; an error if one draws itself.
fn drawn_by(
    pdf: &Pdf,
    content: &[u8],
    resources: Option<&Dictionary>,
    known: &mut BTreeMap<ObjectId, Option<u64>>,
    depth: usize,
) -> Result<u64, String> {
    const DEPTH_MAX: usize = 24;
    if depth > DEPTH_MAX {
        return Err(format!("its forms draw one another more than {DEPTH_MAX} deep"));
    }
    let calls = content.windows(2).filter(|w| *w == b"Do").count() as u64;
    let forms = resources.and_then(|r| dictionary(pdf, r.get(b"XObject").ok()?));
    let mut most = 0;
    for (_, form) in forms.filter(|_| calls > 0).into_iter().flat_map(Dictionary::iter) {
        let Ok(id) = form.as_reference() else { continue };
        let Ok(Object::Stream(stream)) = pdf.get_object(id) else { continue };
        let drawn = match known.get(&id) {
            Some(Some(drawn)) => *drawn,
            Some(None) => return Err(format!("its form {} {} draws itself", id.0, id.1)),
            None => {
                known.insert(id, None);
                let own = stream.dict.get(b"Resources").ok().and_then(|r| dictionary(pdf, r));
                let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                let drawn = drawn_by(pdf, &content, own.or(resources), known, depth + 1)?;
                known.insert(id, Some(drawn));
                drawn
            }
        };
        most = most.max(drawn);
    }
    Ok(calls.saturating_mul(most.saturating_add(1)))
}

fn content_of(pdf: &Pdf, content: &Object) -> Vec<u8> {
    match pdf.dereference(content) {
        Ok((_, Object::Stream(stream))) => stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()),
        // Streams of an array may not hold arrays, so this goes no deeper.
        Ok((_, Object::Array(streams))) => {
            let all = streams.iter().filter_map(|s| pdf.dereference(s).ok()?.1.as_stream().ok());
            all.flat_map(|s| s.decompressed_content().unwrap_or_else(|_| s.content.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a page draws pictures: it has some among its resources.
pub(super) fn has_pictures(pdf: &Pdf, page: ObjectId) -> bool {
    let Ok(page) = pdf.get_dictionary(page) else { return false };
    let objects = inherited(pdf, page, b"Resources").and_then(|r| dictionary(pdf, r.get(b"XObject").ok()?));
    objects.into_iter().flat_map(Dictionary::iter).any(|(_, object)| {
        pdf.dereference(object).ok().and_then(|(_, o)| o.as_stream().ok()).is_some_and(|s| is_picture(&s.dict))
    })
}

fn dictionary<'p>(pdf: &'p Pdf, object: &'p Object) -> Option<&'p Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}

/// What a page has of itself or of a node above it (ISO 32000-1, 7.7.3.4).
fn inherited<'p>(pdf: &'p Pdf, page: &'p Dictionary, key: &[u8]) -> Option<&'p Dictionary> {
    const NODES_MAX: usize = 64;
    let mut node = page;
    for _ in 0..NODES_MAX {
        if let Ok(value) = node.get(key) {
            return dictionary(pdf, value);
        }
        node = dictionary(pdf, node.get(b"Parent").ok()?)?;
    }
    None
}
