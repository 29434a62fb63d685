//! Messages: their header fields, bodies and attachments.
//!
//! In comes a message in the Internet Message Format (RFC 5322) with MIME (RFC 2045–2049), out come its header fields that
//! name people as one part, each body, and each attachment as a document of its own. All bodies are read: what the HTML of
//! a message says may differ from its plain text. Taken apart by `mail-parser`; a text that does not say its encoding, or
//! says a wrong one, is decoded here.

use mail_parser::{
    Address, Encoding, Header, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};

use crate::{
    Why, encoding,
    reading::{Reading, below, with_room},
    recognise::Form,
};

/// The header fields that are read, in this order: who and what about.
const FIELDS: [&str; 10] =
    ["Subject", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Organization", "Comments", "Keywords"];

/// Messages inside messages at most, by the words that announce one: `mail-parser` nests them without a bound, and what is
/// nested too deep cannot even be thrown away.
const ANNOUNCED_MAX: usize = 5_000;

/// Reads a message.
pub(crate) fn read(reading: &mut Reading, bytes: &[u8], path: &[String]) {
    if announced(bytes) > ANNOUNCED_MAX {
        let what = "more messages or digests in it".to_owned();
        return reading.leave_out(path, Why::TooLarge { what, most: ANNOUNCED_MAX.to_string() });
    }
    let read = with_room(|| MessageParser::default().parse(bytes).map(|message| read_message(reading, &message, path)));
    if read.flatten().is_none() {
        reading.leave_out(path, Why::Damaged("it has no header field that can be read".to_owned()));
    }
}

/// How often a type of content is named that holds a message (RFC 2046, 5.1.5 and 5.2.1; RFC 6532, 3.7), wherever it stands.
fn announced(bytes: &[u8]) -> usize {
    const TYPES: [&[u8; 6]; 3] = [b"rfc822", b"digest", b"global"];
    bytes.windows(6).filter(|w| TYPES.iter().any(|t| w.eq_ignore_ascii_case(*t))).count()
}

fn read_message(reading: &mut Reading, message: &Message, path: &[String]) {
    let fields = fields(message);
    if !fields.is_empty() {
        reading.push_text(&below(path, "headers"), Form::Mail, fields);
    }
    let mut bodies = 0;
    for (number, part) in message.parts.iter().enumerate() {
        if matches!(part.body, PartType::Multipart(_)) {
            continue;
        }
        if !reading.takes_member(path) {
            return;
        }
        let name = match part.attachment_name() {
            Some(name) => name.to_owned(),
            None if matches!(part.body, PartType::Text(_) | PartType::Html(_)) => {
                bodies += 1;
                if bodies == 1 { "body".to_owned() } else { format!("body {bodies}") }
            }
            None => format!("attachment {}", number.max(1)),
        };
        read_part(reading, message, part, &below(path, name));
    }
}

fn read_part(reading: &mut Reading, message: &Message, part: &MessagePart, path: &[String]) {
    match &part.body {
        PartType::Text(text) => read_text(reading, message, part, text, Form::Text, path),
        PartType::Html(text) => read_text(reading, message, part, text, Form::Html, path),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            let (room, too_large) = reading.room();
            reading.unpacked(bytes.len());
            if bytes.len() as u64 > room {
                return reading.leave_out(path, too_large);
            }
            reading.read(bytes, path);
        }
        PartType::Message(inner) if path.len() > reading.bounds.depth => {
            let _ = inner;
            let most = format!("{} inside one another", reading.bounds.depth);
            reading.leave_out(path, Why::TooLarge { what: "more messages inside one another".to_owned(), most });
        }
        PartType::Message(inner) => read_message(reading, inner, path),
        PartType::Multipart(_) => {}
    }
}

/// A text of a message: as it was decoded, unless that lost something and its bytes say more.
fn read_text(reading: &mut Reading, message: &Message, part: &MessagePart, text: &str, form: Form, path: &[String]) {
    // A text part that is a document by its content, such as a PDF sent as text/plain.
    let raw = bytes_of(message, part);
    let is_text = matches!(
        crate::recognise::recognise(&raw),
        crate::recognise::Kind::Known(Form::Text | Form::Html | Form::Mail)
    );
    if !is_text && !raw.is_empty() {
        reading.read(&raw, path);
    } else if text.contains('\u{FFFD}') {
        reading.read_text(&raw, path, form);
        // Places in bytes of the part lead nowhere in the file.
        if let Some(part) = reading.parts.last_mut().filter(|p| p.path == path) {
            part.places = encoding::Places::default();
        }
    } else {
        reading.push_text(path, form, text.to_owned());
    }
}

/// The bytes of a part, its transfer encoding undone.
fn bytes_of(message: &Message, part: &MessagePart) -> Vec<u8> {
    let range = part.offset_body as usize..part.offset_end as usize;
    let raw = message.raw_message.get(range).unwrap_or_default();
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
    }
    .unwrap_or_default()
}

/// The fields that name people, one in each paragraph.
fn fields(message: &Message) -> String {
    let mut out = String::new();
    for field in FIELDS {
        for header in message.headers().iter().filter(|h| h.name.as_str().eq_ignore_ascii_case(field)) {
            let value = value(message, header);
            if !value.is_empty() {
                out.push_str(&format!("{field}: {value}\n\n"));
            }
        }
    }
    out
}

fn value(message: &Message, header: &Header) -> String {
    match &header.value {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::TextList(texts) => texts.join(", "),
        HeaderValue::Address(address) => addresses(address),
        _ => {
            let range = header.offset_start as usize..header.offset_end as usize;
            let raw = message.raw_message.get(range).unwrap_or_default();
            encoding::decode(raw.trim_ascii()).text
        }
    }
}

fn addresses(address: &Address) -> String {
    let mut out = Vec::new();
    if let Address::Group(groups) = address {
        out.extend(groups.iter().filter_map(|g| g.name.as_ref()).map(|name| format!("{name}:")));
    }
    for one in address.iter() {
        out.push(match (&one.name, &one.address) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (Some(one), None) | (None, Some(one)) => one.to_string(),
            (None, None) => continue,
        });
    }
    out.join(", ")
}
