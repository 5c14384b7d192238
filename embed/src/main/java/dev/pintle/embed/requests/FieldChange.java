package dev.pintle.embed.requests;

/// A field that two states of an object differ in.
///
/// @param path such as `spec.template.spec.containers[0].image`; names that are no words of letters and digits in brackets: `metadata.labels[app.example/x]`
/// @param before its JSON; empty when it was not there
/// @param after its JSON; empty when it is gone
public record FieldChange(String path, String before, String after) {}
