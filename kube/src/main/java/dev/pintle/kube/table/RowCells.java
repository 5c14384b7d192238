package dev.pintle.kube.table;

import dev.pintle.kube.schema.ResourceType;
import java.util.List;

/// The cells of a row of a resource, by its columns.
record RowCells(List<Cell> cells) {
  /// Made once for each resource.
  static RowCells of(ResourceType type) {
    return type.derived(
        RowCells.class,
        () ->
            new RowCells(
                type.columns().stream()
                    .map(type.isCustom() ? CustomCells::of : Cells::of)
                    .toList()));
  }
}
