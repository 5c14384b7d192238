package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a server begins with is what one makes that has nothing made beforehand.
class FirstContentTest {
  private static final Pattern UID = Pattern.compile("\"uid\":\"([0-9a-f-]{36})\"");

  private static Map<String, String> content(PintleServer server) {
    Map<String, String> content = new TreeMap<>();
    for (var entry : server.entries()) {
      content.put(
          entry.key().utf8(),
          entry
              .value()
              .utf8()
              .replace(server.caCertificate().replace("\n", "\\n"), "ROOT")
              .replace(":" + server.url().getPort() + "}", ":PORT}")
              .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", "TIME")
              .replaceAll("\"since\":\"[0-9-]+\"", "SINCE")
              .replaceAll(UID.pattern(), "UID"));
    }
    return content;
  }

  @Test
  void itIsWhatAServerMakesByItself() {
    assertThat(FirstContent.load()).isPresent();
    try (PintleServer seeded = PintleServer.builder().start();
        PintleServer alone = PintleServer.builder().withoutSeed().start()) {
      Map<String, String> expected = content(alone);
      assertThat(content(seeded)).isEqualTo(expected).hasSizeGreaterThan(150);
      assertThat(expected.get("/registry/services/specs/default/kubernetes")).contains("PORT");
      assertThat(expected.get("/registry/configmaps/default/kube-root-ca.crt")).contains("ROOT");
    }
  }

  @Test
  void nothingIsWrittenAfterIt() throws Exception {
    try (PintleServer server = PintleServer.builder().start()) {
      long begun = server.revision();
      server.awaitSettled();
      try (Http client = Http.of(server)) {
        assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
      }
      assertThat(server.revision()).isEqualTo(begun);
    }
  }

  @Test
  void allServersHaveTheirOwnUids() {
    try (PintleServer one = PintleServer.builder().start();
        PintleServer two = PintleServer.builder().start()) {
      Set<String> seen = new HashSet<>();
      int found = 0;
      for (PintleServer server : List.of(one, two)) {
        for (var entry : server.entries()) {
          Matcher uid = UID.matcher(entry.value().utf8());
          while (uid.find()) {
            assertThat(seen.add(uid.group(1))).isTrue();
            assertThat(uid.group(1))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            found++;
          }
        }
      }
      assertThat(found).isGreaterThan(300);
    }
  }

  @Test
  void aServerWithoutSomeControllersMakesItsOwn() {
    try (PintleServer server =
        PintleServer.builder()
            .withoutController("root-ca-certificate-publisher-controller")
            .start()) {
      assertThat(content(server).keySet())
          .noneMatch(key -> key.endsWith("/kube-root-ca.crt"))
          .contains("/registry/serviceaccounts/default/default");
    }
  }
}
