package dev.pintle.kube.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The metadata of a stored object that selectors and walks over owners need, found by one look at its bytes.
///
/// @param ownerUids of `ownerReferences`
/// @param blockedOwnerUids of those that may not go before the object does
/// @param deletionTimestamp as it is written, empty when the object is not being deleted
public record ObjectFacts(
    Map<String, String> labels,
    List<String> ownerUids,
    List<String> blockedOwnerUids,
    List<String> finalizers,
    String deletionTimestamp) {
  private static final byte[] METADATA = ascii("metadata");
  private static final byte[] LABELS = ascii("labels");
  private static final byte[] OWNERS = ascii("ownerReferences");
  private static final byte[] UID = ascii("uid");
  private static final byte[] BLOCKS = ascii("blockOwnerDeletion");
  private static final byte[] FINALIZERS = ascii("finalizers");
  private static final byte[] DELETION = ascii("deletionTimestamp");

  /// The last field of metadata, and by far the longest.
  private static final byte[] MANAGED = ascii("managedFields");

  /// @param json in the stored form of its kind
  static ObjectFacts of(byte[] json) {
    Search search = new Search(json);
    int metadata = JsonScan.at(json, METADATA);
    if (metadata >= 0) {
      JsonScan.fields(json, metadata, search::visit);
    }
    return new ObjectFacts(
        search.labels,
        List.copyOf(search.owners),
        List.copyOf(search.blocked),
        List.copyOf(search.finalizers),
        search.deletion);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Search {
    private final byte[] json;
    private final List<String> owners = new ArrayList<>(0);
    private final List<String> blocked = new ArrayList<>(0);
    private final List<String> finalizers = new ArrayList<>(0);
    private Map<String, String> labels = Map.of();
    private String deletion = "";

    Search(byte[] json) {
      this.json = json;
    }

    boolean visit(int name, int nameEnd, int value) {
      if (is(LABELS, name, nameEnd)) {
        labels = JsonScan.texts(json, value);
      } else if (is(DELETION, name, nameEnd)) {
        deletion = text(value);
      } else if (is(FINALIZERS, name, nameEnd)) {
        JsonScan.items(json, value, item -> add(item, finalizers));
      } else if (is(OWNERS, name, nameEnd)) {
        JsonScan.items(json, value, this::owner);
      }
      return !is(MANAGED, name, nameEnd);
    }

    private void owner(int item) {
      int uid = JsonScan.field(json, item, UID);
      add(uid, owners);
      int blocks = JsonScan.field(json, item, BLOCKS);
      if (blocks >= 0 && json[blocks] == 't') {
        add(uid, blocked);
      }
    }

    private boolean is(byte[] wanted, int name, int nameEnd) {
      return Arrays.equals(json, name, nameEnd, wanted, 0, wanted.length);
    }

    private void add(int at, List<String> texts) {
      if (at >= 0 && json[at] == '"') {
        texts.add(JsonScan.string(json, at));
      }
    }

    private String text(int at) {
      return json[at] == '"' ? JsonScan.string(json, at) : "";
    }
  }
}
