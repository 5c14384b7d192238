package dev.pintle.kube.schema;

/// A name that a field selector may use, and the path of the value it compares, such as
/// `status.phase`.
///
/// @param path names joined by dots; several paths joined by `|` mean the first that is not empty
/// @param whenAbsent what a missing value compares as
public record FieldLabel(String name, String path, String whenAbsent) {}
