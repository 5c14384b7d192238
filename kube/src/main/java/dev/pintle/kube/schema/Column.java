package dev.pintle.kube.schema;

/// A column of the Table form.
///
/// @param type `string`, `integer`, `number`, `boolean` or `date`
/// @param format as OpenAPI's, `name` for the name column, or empty
/// @param priority 0 for always shown, 1 for the wide form
/// @param expression how a cell is computed: a path (`.spec.type`) or a named function
public record Column(
    String name, String type, String format, String description, int priority, String expression) {}
