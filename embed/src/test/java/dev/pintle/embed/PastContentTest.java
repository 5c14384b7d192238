package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PastContentTest extends OneServerEach {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String MINE = CONFIG_MAPS + "/mine";

  @Test
  void anObjectIsReadAsTheServerAnsweredItThen() throws Exception {
    long before = server.revision();
    create("mine", "one");
    String first = client.get(MINE).body();
    long made = server.revision();
    client.patch(MINE, "{\"data\":{\"key\":\"two\"}}");
    long changed = server.revision();
    client.delete(MINE);
    assertThat(server.at(before).object(MINE)).isEmpty();
    assertThat(server.at(made).object(MINE)).hasValue(first.strip());
    assertThat(server.at(changed).object(MINE).orElseThrow()).contains("\"key\":\"two\"");
    assertThat(server.at(server.revision()).object(MINE)).isEmpty();
  }

  @Test
  void aListIsReadAsTheServerAnsweredItThen() throws Exception {
    create("one", "x");
    create("two", "x");
    String then = client.get(CONFIG_MAPS).body();
    long moment = server.revision();
    create("three", "x");
    client.delete(CONFIG_MAPS + "/one");
    assertThat(server.at(moment).list(CONFIG_MAPS)).isEqualTo(then);
    assertThat(server.at(moment).list("/api/v1/configmaps?fieldSelector=metadata.name%3Done"))
        .contains("\"name\":\"one\"")
        .doesNotContain("\"name\":\"two\"");
  }

  @Test
  void whatIsOfTheWholeClusterIsReadToo() {
    PastContent now = server.at(server.revision());
    assertThat(now.object("/api/v1/namespaces/default").orElseThrow())
        .contains("\"kind\":\"Namespace\"");
    assertThat(now.list("/apis/rbac.authorization.k8s.io/v1/clusterroles"))
        .contains("\"kind\":\"ClusterRoleList\"", "\"name\":\"view\"");
  }

  @Test
  void aPathThatNamesNothingIsRefused() {
    PastContent now = server.at(server.revision());
    for (String path :
        new String[] {
          CONFIG_MAPS,
          "/api/v1/configmaps/mine",
          "/api/v1/nothings/mine",
          "/healthz",
          "",
          MINE + "/x"
        }) {
      assertThatThrownBy(() -> now.object(path))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(path + ": ");
    }
    for (String path :
        new String[] {
          MINE,
          "/api/v1/namespaces/default/namespaces",
          CONFIG_MAPS + "?watch=true",
          CONFIG_MAPS + "?limit=1",
          CONFIG_MAPS + "?labelSelector=%3D%3D"
        }) {
      assertThatThrownBy(() -> now.list(path))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(path + ": ");
    }
  }

  @Test
  void whatIsCompactedSaysWhatIsLeft() throws Exception {
    create("mine", "one");
    PastContent then = server.at(server.revision());
    create("other", "one");
    long newest = server.revision();
    try (Http etcd = Http.of(server.etcd())) {
      etcd.post("/v3/kv/compaction", "{\"revision\":\"%d\",\"physical\":true}".formatted(newest));
    }
    String said = "is compacted (expected: %d or later)".formatted(newest);
    assertThatThrownBy(() -> server.at(then.revision()))
        .isInstanceOf(CompactedRevisionException.class)
        .hasMessageContaining(said);
    assertThatThrownBy(() -> then.object(MINE))
        .isInstanceOf(CompactedRevisionException.class)
        .hasMessageContaining(said);
    assertThatThrownBy(() -> then.list(CONFIG_MAPS))
        .isInstanceOf(CompactedRevisionException.class)
        .hasMessageContaining(said);
    assertThat(server.at(newest).object(MINE)).isPresent();
  }

  @Test
  void aMomentThatHasNotComeIsRefused() {
    long next = server.revision() + 1;
    for (long wrong : new long[] {next, 0, -1}) {
      assertThatThrownBy(() -> server.at(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: 1 to %d".formatted(next - 1));
    }
  }

  private void create(String name, String value) throws Exception {
    assertThat(
            client
                .post(
                    CONFIG_MAPS,
                    """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"key":"%s"}}\
                    """
                        .formatted(name, value))
                .statusCode())
        .isEqualTo(201);
  }
}
