package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DuplicateOwnersTest {
  private static JsonObject owner(String name, String uid) {
    return new JsonObject().set("kind", "Pod").set("name", name).set("uid", uid);
  }

  private static JsonObject owned(JsonArray owners) {
    return new JsonObject().set("metadata", new JsonObject().set("ownerReferences", owners));
  }

  private static int count(JsonObject object) {
    return object.objectAt("metadata").arrayOrEmpty("ownerReferences").size();
  }

  @Test
  void theSecondOfTwoAlikeGoesAndIsTold() {
    JsonArray owners = new JsonArray();
    owners.add(owner("a", "u"));
    owners.add(owner("a", "u"));
    owners.add(owner("b", "u"));
    JsonObject object = owned(owners);
    List<String> warnings = new ArrayList<>();
    DuplicateOwners.merge(object, warnings::add);
    assertThat(count(object)).isEqualTo(2);
    assertThat(warnings).singleElement().asString().endsWith("duplicate UID(s) observed: u");
  }

  @Test
  void aHundredThousandOwnersTakeNoLongTime() {
    JsonArray owners = new JsonArray();
    for (int i = 0; i < 100_000; i++) {
      owners.add(owner("n" + i, "u"));
    }
    JsonObject object = owned(owners);
    DuplicateOwners.mergePatched(object, _ -> {});
    assertThat(count(object)).isEqualTo(100_000);
  }
}
