package dev.pintle.kube.table;

import dev.pintle.kube.schema.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/// The cells of a row of a resource, by its columns.
record RowCells(List<Cell> cells) {
  /// Made once for each resource.
  static RowCells of(ResourceType type) {
    return type.derived(
        RowCells.class,
        () ->
            new RowCells(
                Stream.concat(
                        type.columns().stream().map(type.isCustom() ? CustomCells::of : Cells::of),
                        without(type))
                    .toList()));
  }

  /// What upstream shows without a column to show it in.
  private static Stream<Cell> without(ResourceType type) {
    return type.groupResource().equals("ipaddresses.networking.k8s.io")
        ? Stream.of(PlainCells.age(List.of(".metadata.creationTimestamp")))
        : Stream.empty();
  }
}
