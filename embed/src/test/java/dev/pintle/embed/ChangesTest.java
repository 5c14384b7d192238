package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.requests.Changes;
import dev.pintle.embed.requests.FieldChange;
import dev.pintle.embed.requests.ObjectChange;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"key":"%s"}}\
      """;

  private PintleServer server;
  private Http client;

  @BeforeEach
  void start() throws Exception {
    server = PintleServer.builder().withoutControllers().start();
    client = Http.of(server);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void whatWasMadeChangedAndDeletedIsTold() throws Exception {
    create("changed", "1");
    create("deleted", "1");
    create("same", "1");
    long from = server.revision();
    create("made", "1");
    client.put(CONFIG_MAPS + "/changed", CONFIG_MAP.formatted("changed", "2"));
    client.delete(CONFIG_MAPS + "/deleted");
    long to = server.revision();
    create("later", "1");
    Changes changes = server.changes(from, to);
    assertThat(inDefault(changes.made())).extracting(ObjectChange::name).containsExactly("made");
    assertThat(changes.changed()).extracting(ObjectChange::name).contains("changed");
    assertThat(changes.deleted()).extracting(ObjectChange::name).containsExactly("deleted");
    ObjectChange changed = inDefault(changes.changed()).getFirst();
    assertThat(changed.objectKind()).isEqualTo("ConfigMap");
    assertThat(changed.apiVersion()).isEqualTo("v1");
    assertThat(changed.namespace()).isEqualTo("default");
    assertThat(changed.fields()).containsExactly(new FieldChange("data.key", "\"1\"", "\"2\""));
    assertThat(changes.deleted().getFirst().before().orElseThrow()).contains("\"deleted\"");
    assertThat(changes.toString())
        .contains(
            "made ConfigMap default/made",
            "changed ConfigMap default/changed\n  data.key: \"1\" -> \"2\"",
            "deleted ConfigMap default/deleted");
  }

  @Test
  void whatWasChangedBackIsNoChange() throws Exception {
    long from = server.revision();
    create("mine", "1");
    client.delete(CONFIG_MAPS + "/mine");
    assertThat(inDefault(server.changes(from, server.revision()).all())).isEmpty();
    assertThat(server.changes(from, from).all()).isEmpty();
    assertThat(server.changes(from, from).toString()).startsWith("nothing changed");
  }

  @Test
  void whatIsNoObjectIsAKey() throws Exception {
    long from = server.revision();
    try (Http etcd = Http.of(server.etcd())) {
      etcd.post("/v3/kv/put", "{\"key\":\"bWluZQ==\",\"value\":\"MQ==\"}");
    }
    ObjectChange made = server.changes(from, server.revision()).made().getFirst();
    assertThat(made.name()).isEqualTo("mine");
    assertThat(made.objectKind()).isEmpty();
  }

  @Test
  void momentsThatAreNoneAreRefused() throws Exception {
    long now = server.revision();
    assertThatThrownBy(() -> server.changes(now, Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 <= from <= to <= ");
    assertThatThrownBy(() -> server.changes(now, now - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.changes(0, now)).isInstanceOf(IllegalArgumentException.class);
    create("mine", "1");
    try (Http etcd = Http.of(server.etcd())) {
      etcd.post("/v3/kv/compaction", "{\"revision\":\"%d\"}".formatted(server.revision()));
    }
    assertThatThrownBy(() -> server.changes(now, server.revision()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("compacted");
  }

  /// The server keeps objects of its own in other namespaces.
  private static List<ObjectChange> inDefault(List<ObjectChange> changes) {
    return changes.stream().filter(each -> each.namespace().equals("default")).toList();
  }

  private void create(String name, String value) throws Exception {
    assertThat(client.post(CONFIG_MAPS, CONFIG_MAP.formatted(name, value)).statusCode())
        .isEqualTo(201);
  }
}
