package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.protobuf.RangeAllocation;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What others wrote into the store, past this server, and what services get all the same.
class ForeignValuesTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String PORTS = "/registry/ranges/servicenodeports";
  private static final int FIRST = 30_000;

  private final Api api = new Api();

  @BeforeEach
  void settle() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Api.Answer service(String name, String port) throws InterruptedException {
    return api.post(
        SERVICES,
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80%s}]}}"
            .formatted(name, port));
  }

  private static int port(Api.Answer service) {
    JsonArray ports = Objects.requireNonNull(service.body().objectAt("spec").array("ports"));
    return ((JsonObject) ports.at(0)).get("nodePort") instanceof Json.Whole(var port)
        ? (int) port
        : 0;
  }

  private RangeAllocation stored() {
    return RangeAllocation.read(api.stored(PORTS)).orElseThrow();
  }

  private void store(String key, String value) throws InterruptedException {
    api.store(key, value.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "k8s\0",
        "k8s\0nonsense",
        "{\"range\":\"30000-32767\",\"data\":\"!!\"}",
        "{\"range\":\"100-200\",\"data\":\"AQ==\"}"
      })
  void nodePortsThatCannotBeReadAreMadeAnewOfWhatServicesHave(String value) throws Exception {
    int first = port(service("a", ""));
    store(PORTS, value);
    Api.Answer again = service("b", ",\"nodePort\":" + first);
    assertThat(again.code()).as(again.message()).isEqualTo(422);
    assertThat(again.message()).contains("provided port is already allocated");
    Api.Answer other = service("c", "");
    assertThat(other.code()).as(other.message()).isEqualTo(201);
    assertThat(stored().range()).isEqualTo("30000-32767");
    assertThat(stored().bits().testBit(first - FIRST)).isTrue();
    assertThat(stored().bits().testBit(port(other) - FIRST)).isTrue();
    assertThat(stored().bits().bitCount()).isEqualTo(2);
  }

  @Test
  void aStartMendsNodePortsThatCannotBeRead() throws Exception {
    int first = port(service("a", ""));
    store(PORTS, "nonsense");
    api.restart().settledIn();
    assertThat(stored().bits().bitCount()).isEqualTo(1);
    assertThat(stored().bits().testBit(first - FIRST)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"spec\":7}", "k8s\0nonsense"})
  void aServiceThatCannotBeReadHoldsNobodyUp(String value) throws Exception {
    int first = port(service("a", ""));
    store("/registry/services/specs/default/broken", value);
    store(PORTS, "nonsense");
    api.restart().settledIn();
    assertThat(stored().bits().testBit(first - FIRST)).isTrue();
    assertThat(service("b", "").code()).isEqualTo(201);
  }
}
