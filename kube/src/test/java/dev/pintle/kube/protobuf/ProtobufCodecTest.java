package dev.pintle.kube.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ProtobufCodecTest {
  private static final GroupVersionKind ANYTHING = GroupVersionKind.of("v1", "Pod");
  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","labels":{"b":"2","a":"1"}},"spec":{"containers":[
      {"name":"c","image":"i","ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"100m","memory":"1Gi"}},
      "livenessProbe":{"httpGet":{"port":"http"}}}],"volumes":[{"name":"v","emptyDir":{}}]}}\
      """;

  private final ProtobufCodec codec = new ProtobufCodec(BuiltInTypes.load());

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.read(text);
  }

  private JsonObject roundTrip(String text) {
    return codec.read(codec.write(json(text)), ANYTHING);
  }

  @Test
  void aPodComesBackWithWhatGoShowsOfEmptyStructures() {
    JsonObject back = roundTrip(POD);
    assertThat(back.object("metadata")).isEqualTo(json(POD).object("metadata"));
    assertThat(back.object("status")).isEqualTo(new JsonObject());
    assertThat(back.object("spec")).isEqualTo(json(POD).object("spec"));
  }

  @Test
  void requiredListsWithoutValueAreNull() {
    assertThat(
            roundTrip("{\"kind\":\"ClusterRole\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\"}"))
        .isEqualTo(
            json(
                "{\"kind\":\"ClusterRole\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":{},\"rules\":null}"));
  }

  @Test
  void structuresWithAFormOfTheirOwnAreNeverLeftOut() {
    JsonObject event = roundTrip("{\"kind\":\"Event\",\"apiVersion\":\"v1\"}");
    assertThat(event.has("firstTimestamp")).isTrue();
    assertThat(event.object("source")).isEqualTo(new JsonObject());
    assertThat(event.text("reportingComponent")).isEmpty();
    assertThat(event.has("type")).isFalse();
  }

  @Test
  void schemasInsideDefinitionsKeepTheirAlternatives() {
    String crd =
        """
        {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"x"},"spec":{
        "group":"g","names":{"plural":"p","kind":"K"},"scope":"Cluster","versions":[{"name":"v1","served":true,
        "storage":true,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","properties":{
        "a":{"type":"array","items":{"type":"string","enum":["x",null]}},"b":{"additionalProperties":false},
        "c":{"additionalProperties":{"type":"integer","maximum":2.5,"minimum":1,"default":{"q":[1]}}}}}}}]},
        "status":{"conditions":null,"acceptedNames":{"plural":"","kind":""},"storedVersions":null}}\
        """;
    assertThat(roundTrip(crd)).isEqualTo(json(crd));
  }

  @Test
  void kindsOfEveryGroupAreFoundUnderAnyGroup() {
    JsonObject options =
        roundTrip(
            "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"apps/v1\",\"gracePeriodSeconds\":0}");
    assertThat(options)
        .isEqualTo(
            json(
                "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"apps/v1\",\"gracePeriodSeconds\":0}"));
  }

  @Test
  void aKindThatTheEnvelopeDoesNotNameIsTheExpectedOne() {
    byte[] named = codec.write(json("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}"));
    assertThat(codec.read(named, ANYTHING).text("kind")).isEqualTo("Pod");
    byte[] bare = HexFormat.of().parseHex("6b387300" + "1200");
    assertThat(codec.read(bare, GroupVersionKind.of("v1", "ConfigMap")).text("kind"))
        .isEqualTo("ConfigMap");
  }

  @Test
  void aWatchEventCarriesTheEnvelopeOfItsObject() {
    byte[] event = ProtobufCodec.watchEvent("ADDED", new byte[] {1, 2});
    assertThat(HexFormat.of().formatHex(event)).isEqualTo("0a054144444544" + "1204" + "0a020102");
  }

  @Test
  void customKindsHaveNoBinaryForm() {
    assertThat(codec.knows(GroupVersionKind.of("example.com/v1", "Thing"))).isFalse();
    assertThatThrownBy(
            () -> codec.write(json("{\"kind\":\"Thing\",\"apiVersion\":\"example.com/v1\"}")))
        .isInstanceOf(ProtobufException.class)
        .hasMessageContaining("no binary form");
  }

  @Test
  void bytesWithoutTheMarkAreRefusedInUpstreamsWords() {
    assertThatThrownBy(() -> codec.read(new byte[] {'{', '}'}, ANYTHING))
        .hasMessage(
            "provided data does not appear to be a protobuf message, expected prefix [107 56 115"
                + " 0]");
  }

  @Test
  void messagesNestedTooDeeplyAreRefused() {
    ProtoOutput out = new ProtoOutput();
    for (int i = 0; i < 1_000; i++) {
      out.closeMessage(25, 0); // JSONSchemaProps.not is 24, 25 is anyOf: a schema within a schema
    }
    byte[] deep = out.toBytes();
    assertThatThrownBy(() -> new MessageReader().message(SchemaSchema.node(), new ProtoInput(deep)))
        .isInstanceOf(ProtobufException.class)
        .hasMessageContaining("more than 200");
  }

  @Test
  void noiseIsRefusedOrReadButNeverBreaksTheReader() {
    long seed = System.nanoTime();
    System.out.println("noiseIsRefusedOrReadButNeverBreaksTheReader seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] good = codec.write(json(POD));
    int refused = 0;
    for (int run = 0; run < 20_000; run++) {
      refused += refuses(damaged(good, random)) ? 1 : 0;
    }
    assertThat(refused).isBetween(1_000, 19_999);
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bytes =
        Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length) : good.length);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 4; i++) {
      bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private boolean refuses(byte[] bytes) {
    try {
      codec.read(bytes, ANYTHING);
      return false;
    } catch (ProtobufException e) {
      return true;
    }
  }
}
