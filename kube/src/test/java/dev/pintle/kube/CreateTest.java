package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CreateTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aNewObjectIsStampedAndStored() throws InterruptedException {
    Answer made = api.map("a", "{}");

    assertThat(made.code()).isEqualTo(201);
    assertThat(made.metadata().text("uid")).hasSize(36);
    assertThat(made.metadata().text("creationTimestamp")).endsWith("Z");
    assertThat(api.get(MAPS + "/a").body()).isEqualTo(made.body());
  }

  @Test
  void kindAndMetadataComeFirst() throws InterruptedException {
    api.map("a", "{}");

    assertThat(api.get(MAPS + "/a").exchange().text())
        .startsWith(
            "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"namespace\":\"default\",\"uid\":\"");
  }

  @Test
  void aTakenNameIsRefused() throws InterruptedException {
    api.map("a", "{}");

    Answer again = api.map("a", "{}");

    assertThat(again.code()).isEqualTo(409);
    assertThat(again.reason()).isEqualTo("AlreadyExists");
    assertThat(again.message()).isEqualTo("configmaps \"a\" already exists");
  }

  @Test
  void aNameIsGenerated() throws InterruptedException {
    Answer made = api.post(MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}");

    assertThat(made.metadata().text("name")).matches("g-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  /// Upstream's figure; the name of an address has nothing added to it, and is the same each time.
  @Test
  void eightGeneratedNamesThatAreTakenAreEnough() throws InterruptedException {
    String addresses = "/apis/networking.k8s.io/v1/ipaddresses";
    String rest =
        "\"spec\":{\"parentRef\":{\"resource\":\"services\",\"namespace\":\"default\",\"name\":\"s\"}}";
    String named = "{\"metadata\":{\"name\":\"192.168.1.1\"}," + rest + "}";
    assertThat(api.post(addresses, named).code()).isEqualTo(201);
    AtomicInteger tries = new AtomicInteger();
    api.reads()
        .before(command -> {
          if (WatchedMember.isWriteOf(command, "/registry/ipaddresses/192.168.1.1")) {
            tries.incrementAndGet();
          }
        });
    String generated = "{\"metadata\":{\"generateName\":\"192.168.1.1\"}," + rest + "}";

    Answer taken = api.post(addresses, generated);

    assertThat(tries).hasValue(8);
    assertThat(taken.code()).isEqualTo(409);
    assertThat(taken.reason()).isEqualTo("AlreadyExists");
    assertThat(taken.message())
        .isEqualTo(
            "ipaddresses.networking.k8s.io \"192.168.1.1\" already exists, the server was not able to generate a unique name for the object");
    assertThat(api.post(addresses + "?dryRun=All", generated).message()).isEqualTo(taken.message());
  }

  /// What else belongs to an object may be changed by others more often than a name is taken.
  @Test
  void whatIsOvertakenHasNoTakenName() throws InterruptedException {
    String quotas = "/api/v1/namespaces/default/resourcequotas";
    String hard = "{\"hard\":{\"count/configmaps\":\"100\"}";
    api.post(quotas, "{\"metadata\":{\"name\":\"q\"},\"spec\":" + hard + "}}");
    api.patch(
        quotas + "/q/status",
        Api.MERGE,
        "{\"status\":" + hard + ",\"used\":{\"count/configmaps\":\"0\"}}}");
    String key = "/registry/resourcequotas/default/q";
    AtomicInteger tries = new AtomicInteger();
    byte[] quota = api.stored(key);
    api.reads()
        .before(command -> {
          if (WatchedMember.isWriteOf(command, "/registry/configmaps/default/g-")
              && tries.incrementAndGet() <= 20) {
            overwrite(key, quota);
          }
        });

    Answer made = api.post(MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}");

    assertThat(made.code()).as(made.message()).isEqualTo(201);
    assertThat(tries).hasValueGreaterThan(20);
  }

  private void overwrite(String key, byte[] value) {
    try {
      api.store(key, value);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMissingNamespaceIsNotFound() throws InterruptedException {
    Answer refused =
        api.post("/api/v1/namespaces/nope/configmaps", "{\"metadata\":{\"name\":\"a\"}}");

    assertThat(refused.code()).isEqualTo(404);
    assertThat(refused.message()).isEqualTo("namespaces \"nope\" not found");
  }

  @Test
  void aDryRunStoresNothingAndHasNoVersion() throws InterruptedException {
    Answer tried = api.post(MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"a\"}}");

    assertThat(tried.code()).isEqualTo(201);
    assertThat(tried.metadata().has("resourceVersion")).isFalse();
    assertThat(api.get(MAPS + "/a").code()).isEqualTo(404);
  }

  @Test
  void unknownFieldsAreWarnedAbout() throws InterruptedException {
    Answer made = api.post(MAPS, "{\"metadata\":{\"name\":\"a\"},\"foo\":1}");

    assertThat(made.exchange().answerHeaders("warning"))
        .containsExactly("299 - \"unknown field \\\"foo\\\"\"");
    assertThat(made.body().has("foo")).isFalse();
  }

  @Test
  void strictValidationRefusesInTheOrderOfTheDocument() throws InterruptedException {
    Answer refused =
        api.post(
            MAPS + "?fieldValidation=Strict",
            "{\"metadata\":{\"name\":\"a\",\"name\":\"b\"},\"foo\":1,\"foo\":2}");

    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                + " duplicate field \"metadata.name\", unknown field \"foo\"");
  }

  @Test
  void aWrongTypeIsToldInGosWords() throws InterruptedException {
    Answer refused = api.post(MAPS, "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":1}}}");

    assertThat(refused.message())
        .isEqualTo(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into"
                + " Go struct field ObjectMeta.metadata.labels of type string");
  }

  @Test
  void anotherKindIsRefused() throws InterruptedException {
    assertThat(api.post(MAPS, "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}").message())
        .isEqualTo(
            "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion");
  }

  @Test
  void brokenJsonIsRefused() throws InterruptedException {
    assertThat(api.post(MAPS, "{").message())
        .isEqualTo(
            "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error:"
                + " unexpected end of JSON input ({)");
  }

  @Test
  void yamlIsRead() throws InterruptedException {
    Answer made =
        api.send(
            "POST",
            MAPS,
            "metadata: {name: yaml}\ndata: {a: \"1\"}\n",
            Map.of("content-type", "application/yaml"));

    assertThat(JsonWriter.text(made.body().objectAt("data"))).isEqualTo("{\"a\":\"1\"}");
  }

  @Test
  void protobufGoesInAndOut() throws InterruptedException {
    api.map("a", "{}");
    byte[] binary = api.get(MAPS + "/a", "application/vnd.kubernetes.protobuf").exchange().bytes();

    FakeExchange tried =
        api.start(
            "POST", MAPS, binary, Map.of("content-type", "application/vnd.kubernetes.protobuf"));

    assertThat(tried.status()).isEqualTo(500);
    assertThat(tried.text()).contains("resourceVersion should not be set on objects to be created");
  }

  @Test
  void anUnknownContentTypeIsRefused() throws InterruptedException {
    Answer refused = api.send("POST", MAPS, "x", Map.of("content-type", "text/plain"));

    assertThat(refused.code()).isEqualTo(415);
    assertThat(refused.reason()).isEqualTo("UnsupportedMediaType");
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() throws InterruptedException {
    String large = "{\"data\":{\"k\":\"" + "x".repeat(KubeConfig.REQUEST_BYTES_MAX) + "\"}}";

    assertThat(api.post(MAPS, large).code()).isEqualTo(413);
  }

  @Test
  void packedBodiesAreReadButNotBombs() throws InterruptedException, IOException {
    byte[] small = gzip("{\"metadata\":{\"name\":\"z\"}}");
    byte[] bomb = gzip(" ".repeat(4 * KubeConfig.REQUEST_BYTES_MAX));
    Map<String, String> packed = Map.of("content-type", Api.JSON, "content-encoding", "gzip");

    assertThat(api.start("POST", MAPS, small, packed).status()).isEqualTo(201);
    assertThat(api.start("POST", MAPS, bomb, packed).status()).isEqualTo(413);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }
}
