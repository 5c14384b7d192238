package dev.pintle.kube.schema;

import java.util.List;

/// The granularity in which the parts of a list, map or object may be owned.
///
/// @param listType of a list
/// @param mapKeys the fields whose values identify an item, for [ListType#MAP]
/// @param atomic whether an object or map has one owner as a whole (`x-kubernetes-map-type:
///   atomic`)
public record Ownership(ListType listType, List<String> mapKeys, boolean atomic) {
  public static final Ownership DEFAULT = new Ownership(ListType.UNSPECIFIED, List.of(), false);

  public Ownership {
    mapKeys = List.copyOf(mapKeys);
  }
}
