package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerDuplicatesTest {
  private static JsonObject owned(String references) {
    return (JsonObject)
        JsonReader.read("{\"metadata\":{\"ownerReferences\":[%s]}}".formatted(references));
  }

  private static JsonArray owners(JsonObject object) {
    JsonArray owners = object.objectOrEmpty("metadata").array("ownerReferences");
    return owners == null ? new JsonArray() : owners;
  }

  @Test
  void theSecondOfEqualReferencesIsLeftOut() {
    JsonObject object = owned("{\"uid\":\"a\"},{\"uid\":\"b\"},{\"uid\":\"a\"},{\"uid\":\"b\"}");
    List<String> warnings = new ArrayList<>();
    OwnerDuplicates.remove(object, OwnerDuplicates.MADE, warnings::add);
    assertThat(owners(object)).hasSize(2);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            ".metadata.ownerReferences contains duplicate entries after mutating admission happens;")
        .endsWith("observed: a, b");
  }

  @Test
  void referencesOfOneUidThatDifferStay() {
    JsonObject object = owned("{\"uid\":\"a\"},{\"uid\":\"a\",\"name\":\"x\"}");
    List<String> warnings = new ArrayList<>();
    OwnerDuplicates.remove(object, OwnerDuplicates.SENT, warnings::add);
    assertThat(owners(object)).hasSize(2);
    assertThat(warnings).isEmpty();
  }
}
