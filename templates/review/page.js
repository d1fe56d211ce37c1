"use strict";
(function () {
  // Text of the documents reaches the page through `textContent` only.
  var report = JSON.parse(document.getElementById("data").textContent);
  var LIMIT = 400;

  function el(name, attributes, children) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) {
      node.append(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return node;
  }

  // A sentence with code spans. As many backticks end a span as begin it.
  function prose(text) {
    var parts = text.split(/(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/);
    return parts.map(function (part, index) {
      if (index % 3 === 1) { return ""; }
      return index % 3 === 2 ? el("code", {}, [part.replace(/^ (?=.*[^ ])(.*) $/, "$1")]) : part;
    });
  }

  function slug(group) {
    return "group-" + Array.from(group).map(function (c) {
      return /[a-z0-9_]/.test(c) ? c : "-" + c.codePointAt(0).toString(16);
    }).join("");
  }

  var EFFECTS = {
    "works works": "",
    "breaks works": "Programs built with the old crate fail with the new API.",
    "works breaks": "Programs built with the new crate fail with the old API.",
    "breaks breaks": "Old programs fail with the new API, and new programs with the old one."
  };

  function effect(change) {
    return EFFECTS[change.wire.old_program + " " + change.wire.new_program];
  }

  function showVerdict() {
    var verdict = report.verdict;
    var target = document.getElementById("verdict");
    var line = [el("span", { class: "bump " + verdict.bump }, [verdict.bump])];
    if (verdict.required_version && verdict.bump !== "none") {
      line.push(" " + verdict.old_version + " must become " + verdict.required_version + " or later; declared is " + verdict.declared_version +
        (verdict.is_version_sufficient ? "." : ", which is too low."));
    }
    target.append(el("p", {}, line));
    target.append(el("p", {}, [report.base + " → " + report.head + "; " + report.counts + "."]));
    if (verdict.bump === "major" || verdict.bump === "minor") {
      var shown = verdict.deciding.slice(0, 5);
      var items = shown.map(function (id) {
        return el("li", {}, [el("a", { href: "#change-" + id }, prose(report.changes[id].summary))]);
      });
      if (verdict.deciding.length > shown.length) {
        items.push(el("li", {}, ["and " + (verdict.deciding.length - shown.length) + " more"]));
      }
      target.append(el("p", {}, ["It is " + verdict.bump + " because of:"]), el("ul", {}, items));
    }
  }

  function lines(before, after) {
    var node = el("pre", { tabindex: "0", "aria-label": "Signature" });
    function add(kind, sign, text) { node.append(el("span", { class: kind }, [sign + " " + text])); }
    if (before && after && before === after) { add("same", " ", after); return node; }
    if (before) { add("minus", "-", before); }
    if (after) { add("plus", "+", after); }
    return node;
  }

  function excerpt(title, side) {
    var name = side.file + ":" + side.line;
    return el("section", {}, [
      el("h3", {}, [title]),
      el("div", { class: "file" }, [name]),
      el("pre", { tabindex: "0", "aria-label": title + ", " + name }, [side.lines.join("\n")]),
      el("div", { class: "file" }, [side.pointer])
    ]);
  }

  function hunks(change) {
    return (change.files || []).map(function (index) {
      var file = report.files[index];
      var pre = el("pre", { tabindex: "0", "aria-label": file.path });
      file.hunks.split("\n").forEach(function (line) {
        var kind = line[0] === "-" ? "minus" : line[0] === "+" ? "plus" : "same";
        pre.append(el("span", { class: kind }, [line]));
      });
      return el("details", {}, [el("summary", {}, ["Generated code: " + file.path]), pre]);
    });
  }

  function body(change) {
    var parts = [lines(change.before && change.before.signature, change.after && change.after.signature)];
    if (effect(change)) { parts.push(el("p", { class: "wire" }, ["On the wire: " + effect(change)])); }
    parts.push(el("p", { class: "file" }, [report.codes[change.code].meaning + " Code: " + report.codes[change.code].compile_rule +
      " Wire: " + report.codes[change.code].wire_rule]));
    if (change.renamed) {
      parts.push(el("p", {}, ["It was ", el("code", {}, [change.renamed.from]), " (" + change.renamed.confidence + ")."]));
    }
    if (change.accepted) { parts.push(el("p", {}, ["Accepted: " + change.accepted])); }
    if (change.related) {
      parts.push(el("p", {}, ["With it: ", el("code", {}, [change.related.join(", ")])]));
    }
    var sides = [];
    if (change.before && change.before.lines) { sides.push(excerpt("Document before", change.before)); }
    if (change.after && change.after.lines) { sides.push(excerpt("Document after", change.after)); }
    if (sides.length) { parts.push(el("div", { class: "sides" }, sides)); }
    parts = parts.concat(hunks(change));
    parts.push(el("p", { class: "link" }, [el("a", { href: "#change-" + change.id }, ["Link to this change"])]));
    return el("div", { class: "body" }, parts);
  }

  function card(change) {
    var label = (isProse(change) ? "documentation" : change.compile) + (change.accepted ? ", accepted" : "");
    var node = el("details", { class: "change", id: "change-" + change.id }, [
      el("summary", {}, [
        // Spaces, at which narrow pages break the line.
        el("span", { class: "tag " + change.compile }, [label]), " ",
        effect(change) ? el("span", { class: "tag wire" }, ["wire"]) : "", " ",
        el("span", {}, prose(change.summary)), " ",
        el("code", { class: "code" }, [change.code])
      ])
    ]);
    // A long report opens at once, for a body is made when it is seen first.
    node.addEventListener("toggle", function () {
      if (node.open && !node.querySelector(".body")) { node.append(body(change)); }
    });
    return node;
  }

  var groups = [];
  report.changes.forEach(function (change) {
    var last = groups[groups.length - 1];
    if (!last || last.name !== change.group) { groups.push(last = { name: change.group, changes: [] }); }
    last.changes.push(change);
  });

  function marks(changes) {
    var count = { "+": 0, "~": 0, "-": 0 };
    changes.forEach(function (change) { count[!change.before ? "+" : !change.after ? "-" : "~"] += 1; });
    var words = { "+": "added", "~": "changed", "-": "removed" };
    var shown = Object.keys(count).filter(function (key) { return count[key]; });
    return el("span", { class: "marks" }, [
      el("span", { "aria-hidden": "true" }, [shown.map(function (key) { return key + count[key]; }).join(" ")]),
      el("span", { class: "hidden" }, [": " + shown.map(function (key) { return count[key] + " " + words[key]; }).join(", ")])
    ]);
  }

  function showTree() {
    var root = el("ul");
    var lists = Object.create(null);
    groups.forEach(function (group) {
      var path = group.name.split(".");
      var parent = lists[path.slice(0, -1).join(".")] || root;
      var name = parent === root ? group.name : path[path.length - 1];
      var item = el("li", {}, [el("a", { href: "#" + slug(group.name) }, [el("span", {}, [name]), marks(group.changes)])]);
      var list = el("ul");
      item.append(list);
      parent.append(item);
      lists[group.name] = list;
      group.link = item;
    });
    // A list without items is none to a screen reader.
    Object.keys(lists).forEach(function (key) { if (!lists[key].children.length) { lists[key].remove(); } });
    document.getElementById("tree").append(root);
  }

  function showChanges() {
    var main = document.getElementById("changes");
    groups.forEach(function (group) {
      group.cards = group.changes.map(card);
      group.section = el("section", { "aria-labelledby": slug(group.name) }, [el("h2", { id: slug(group.name) }, [group.name])].concat(group.cards));
      main.append(group.section);
    });
    if (!groups.length) { main.append(el("p", {}, ["No change that users of the crate or the wire would notice."])); }
  }

  function isProse(change) { return change.code === "docs-changed"; }

  var KINDS = [
    ["breaking", "breaks code", function (c) { return c.compile === "breaking"; }],
    ["wire", "breaks only on the wire", function (c) { return effect(c) !== "" && c.compile !== "breaking"; }],
    ["additive", "additive", function (c) { return c.compile === "additive" && effect(c) === ""; }],
    ["unchanged", "unchanged", function (c) { return c.compile === "unchanged" && effect(c) === "" && !isProse(c); }],
    ["documentation", "documentation", isProse]
  ];

  function showKinds() {
    var fieldset = document.getElementById("kinds");
    KINDS.forEach(function (kind) {
      var count = report.changes.filter(kind[2]).length;
      var others = report.changes.length - count;
      var box = el("input", { type: "checkbox", id: "kind-" + kind[0] });
      // Many texts change at once, and would hide the changes that decide.
      box.checked = kind[2] !== isProse || count <= others || others === 0;
      box.addEventListener("change", apply);
      fieldset.append(el("label", {}, [box, " " + kind[1] + " (" + count + ")"]));
    });
  }

  function text(change) {
    if (!change.text) {
      change.text = [change.code, change.item, change.summary, change.before && change.before.signature,
        change.after && change.after.signature].join(" ").toLowerCase();
    }
    return change.text;
  }

  function apply() {
    var words = document.getElementById("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    var kinds = KINDS.filter(function (kind) { return document.getElementById("kind-" + kind[0]).checked; });
    var shown = 0;
    groups.forEach(function (group) {
      var visible = group.changes.filter(function (change, index) {
        var matches = kinds.some(function (kind) { return kind[2](change); }) &&
          words.every(function (word) { return text(change).indexOf(word) >= 0; });
        group.cards[index].hidden = !matches;
        return matches;
      });
      group.section.hidden = !visible.length;
      group.link.hidden = !visible.length && !group.link.querySelector("li");
      group.link.querySelector(".marks").replaceWith(marks(visible));
      shown += visible.length;
    });
    document.getElementById("count").textContent = shown + " of " + report.changes.length + " changes shown";
  }

  function reveal(id) {
    var node = document.getElementById(id);
    if (!node) { return; }
    if (node.classList.contains("change")) {
      node.hidden = false;
      node.parentElement.hidden = false;
      node.open = true;
    }
    node.scrollIntoView();
  }

  function visibleCards() {
    return Array.from(document.querySelectorAll("details.change")).filter(function (node) {
      return !node.hidden && !node.parentElement.hidden;
    });
  }

  function move(step) {
    var cards = visibleCards();
    var at = cards.findIndex(function (node) { return node.contains(document.activeElement); });
    var next = cards[at < 0 ? (step > 0 ? 0 : cards.length - 1) : at + step];
    if (next) { next.querySelector("summary").focus(); next.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("keydown", function (event) {
    var isTyping = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (isTyping) {
      if (event.key === "Escape") { event.target.value = ""; apply(); event.target.blur(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); document.getElementById("filter").focus(); }
    if (event.key === "j") { move(1); }
    if (event.key === "k") { move(-1); }
  });

  document.getElementById("fold").addEventListener("click", function () {
    var button = document.getElementById("fold");
    var open = button.textContent === "Open all";
    visibleCards().slice(0, LIMIT).forEach(function (node) { node.open = open; });
    button.textContent = open ? "Close all" : "Open all";
  });
  document.getElementById("filter").addEventListener("input", apply);
  window.addEventListener("hashchange", function () { reveal(decodeURIComponent(location.hash.slice(1))); });

  document.title = "SDK changes: " + report.verdict.bump;
  showVerdict();
  showTree();
  showChanges();
  showKinds();
  apply();
  if (location.hash) { reveal(decodeURIComponent(location.hash.slice(1))); }
})();
