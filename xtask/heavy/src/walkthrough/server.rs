//! The mock server of the chapter: Prism, or a small one where Prism cannot be installed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;

use anyhow::{Context, ensure};

use crate::interop::prism::Prism;
use crate::interop::tools::{PACKAGES, Tools};

/// A server that runs for as long as this value.
pub(super) struct Server {
    _prism: Option<Prism>,
}

/// Starts the server by the command line of the chapter.
///
/// # Errors
///
/// The chapter names another version than the tested one, or the server does not start.
pub(super) fn start(line: &str, folder: &Path, port: u16) -> anyhow::Result<Server> {
    let [prism, _] = PACKAGES;
    let arguments = line.split_once(prism).map(|(_, arguments)| arguments);
    let arguments = arguments.with_context(|| format!("`{line}` does not run {prism}"))?;
    let prism = match Tools::install()? {
        Ok(tools) => {
            let mut command = tools.prism();
            let arguments = arguments.split_whitespace();
            command.args(arguments).current_dir(folder);
            Some(Prism::start_command(&mut command, port)?)
        }
        Err(reason) => {
            println!("note: {reason}; a small server stands in for Prism");
            serve_examples(port)?;
            None
        }
    };
    Ok(Server { _prism: prism })
}

/// Serves the examples of the chapter's description until the process ends.
fn serve_examples(port: u16) -> anyhow::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port)).context("a port")?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if let Err(error) = respond(stream) {
                eprintln!("note: {error:#}");
            }
        }
    });
    Ok(())
}

/// Reads a request, and closes the connection after its response.
fn respond(mut stream: TcpStream) -> anyhow::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
    reader.take(length).read_to_end(&mut Vec::new())?;
    let (status, body) = answer(&first);
    ensure!(!body.is_empty(), "there is no answer to `{first}`");
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )?;
    Ok(())
}

/// Returns the status and the body for a request line.
fn answer(request_line: &str) -> (&'static str, String) {
    let book = r#"{"id": "book_1", "title": "Solaris", "author": "Stanisław Lem"}"#;
    match request_line.split_whitespace().next() {
        Some("POST") => ("201 Created", book.to_owned()),
        Some("GET") => ("200 OK", format!(r#"{{"items": [{book}]}}"#)),
        _ => ("405 Method Not Allowed", String::new()),
    }
}

#[test]
fn examples_are_served() {
    use crate::interop::prism::free_port;

    let port = free_port().unwrap();
    serve_examples(port).unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream
        .write_all(b"POST /books HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
        .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 201 Created\r\n"), "{text}");
    assert!(text.contains("book_1"), "{text}");
}
