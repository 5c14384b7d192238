package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.auth.Permission;
import io.etcd.jetcd.options.GetOption;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users beyond one request: over restarts, with tokens of key files, with certificates, and while permissions are taken back.
class AuthLifeIT {
  private static final String COST = "--bcrypt-cost=4";
  private static final int SECONDS_MAX = 20;

  @TempDir private Path data;

  @Test
  void usersOutliveAKillAndTokensDoNot() throws Exception {
    Path store = data.resolve("pintle");
    String token;
    try (RunningPintle pintle = RunningPintle.etcdOnly(store, COST)) {
      prepare(Etcdctl.at(pintle.etcd()));
      token = token(pintle.etcd(), "u", "pw");
      assertThat(range(pintle.etcd(), token)).contains("\"count\":\"1\"");
      pintle.child().kill();
    }
    try (RunningPintle pintle = RunningPintle.etcdOnly(store, COST)) {
      Etcdctl etcdctl = Etcdctl.at(pintle.etcd());
      assertThat(etcdctl.run("get", "k").err()).contains("user name is empty");
      assertThat(etcdctl.out("--user", "u:pw", "get", "k")).contains("v");
      assertThat(etcdctl.run("--user", "u:pw", "get", "a").err()).contains("permission denied");
      assertThat(range(pintle.etcd(), token)).contains("invalidauthtoken");
      assertThat(etcdctl.out("--user", "root:rpw", "user", "get", "u")).contains("Roles: r");
      etcdctl.out("--user", "root:rpw", "auth", "disable");
      assertThat(pintle.child().terminate()).isEqualTo(143);
    }
    try (RunningPintle pintle = RunningPintle.etcdOnly(store, COST)) {
      assertThat(Etcdctl.at(pintle.etcd()).out("get", "k")).contains("v");
    }
  }

  /// The same users were made in the same order, so that both are at the same auth revision.
  @Test
  void tokensOfKeyFilesAreBelievedByWhoeverHasTheKeyAndOutliveARestart() throws Exception {
    for (String[] method :
        new String[][] {
          {"RS256", "RSA"}, {"PS384", "RSA"}, {"ES256", "EC"}, {"EdDSA", "Ed25519"}
        }) {
      Path folder = Files.createDirectories(data.resolve(method[0]));
      String flag = "--auth-token=" + keys(folder, method[0], method[1]);
      Path store = folder.resolve("pintle");
      String token;
      try (RunningEtcd real = RunningEtcd.start(folder, COST, flag);
          RunningPintle pintle = RunningPintle.etcdOnly(store, COST, flag)) {
        prepare(Etcdctl.at(real.url()));
        prepare(Etcdctl.at(pintle.etcd()));
        token = token(pintle.etcd(), "u", "pw");
        assertThat(range(real.url(), token)).as(method[0]).contains("\"count\":\"1\"");
        String theirs = token(real.url(), "u", "pw");
        assertThat(range(pintle.etcd(), theirs)).as(method[0]).contains("\"count\":\"1\"");
        assertThat(range(pintle.etcd(), theirs.substring(0, theirs.length() - 8)))
            .contains("invalidauthtoken");
        assertThat(pintle.child().terminate()).isEqualTo(143);
      }
      try (RunningPintle pintle = RunningPintle.etcdOnly(store, COST, flag)) {
        assertThat(range(pintle.etcd(), token)).as(method[0]).contains("\"count\":\"1\"");
        Etcdctl.at(pintle.etcd()).out("--user", "root:rpw", "role", "add", "other");
        assertThat(range(pintle.etcd(), token)).contains("revisionofauthstoreisold");
      }
    }
  }

  private static String keys(Path folder, String method, String kind) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (kind.equals("EC")) {
      generator.initialize(256);
    }
    KeyPair pair = generator.generateKeyPair();
    Path secret = pem(folder.resolve("key.pem"), "PRIVATE KEY", pair.getPrivate());
    Path shown = pem(folder.resolve("pub.pem"), "PUBLIC KEY", pair.getPublic());
    return "jwt,pub-key=%s,priv-key=%s,sign-method=%s,ttl=10m".formatted(shown, secret, method);
  }

  private static Path pem(Path file, String what, Key key) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what));
  }

  @Test
  void aCertificateNamesItsUser() throws Exception {
    Path etcdctl = Peers.require("etcdctl");
    RunningPintle maker = RunningPintle.closed(data.resolve("maker"));
    maker.close();
    Path pki = data.resolve("maker/pki/etcd");
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(
            data.resolve("pintle"),
            COST,
            "--listen-client-urls=https://127.0.0.1:0",
            "--cert-file=" + pki.resolve("server.crt"),
            "--key-file=" + pki.resolve("server.key"),
            "--trusted-ca-file=" + pki.resolve("ca.crt"),
            "--client-cert-auth")) {
      String name = commonName(pki.resolve("client.crt"));
      for (String[] command :
          new String[][] {
            {"put", "k", "v"},
            {"user", "add", "root:rpw"},
            {"user", "grant-role", "root", "root"},
            {"user", "add", name, "--no-password"},
            {"role", "add", "r"},
            {"role", "grant-permission", "r", "readwrite", "k"},
            {"user", "grant-role", name, "r"},
            {"auth", "enable"},
            {"put", "k", "w"},
            {"--user", "root:rpw", "put", "a", "w"}
          }) {
        Tool.Result result = secure(etcdctl, pintle, pki, command).run();
        assertThat(result.exit()).as("%s: %s", List.of(command), result.err()).isZero();
      }
      assertThat(secure(etcdctl, pintle, pki, "get", "a").run().err())
          .contains("permission denied");
    }
  }

  private static String commonName(Path certificate) throws Exception {
    try (var in = Files.newInputStream(certificate)) {
      String subject =
          ((java.security.cert.X509Certificate)
                  java.security.cert.CertificateFactory.getInstance("X.509")
                      .generateCertificate(in))
              .getSubjectX500Principal()
              .getName();
      return java.util.Arrays.stream(subject.split(","))
          .filter(part -> part.startsWith("CN="))
          .findFirst()
          .orElseThrow()
          .substring(3);
    }
  }

  private static Tool secure(Path etcdctl, RunningPintle pintle, Path pki, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--endpoints", pintle.etcd()));
    all.addAll(List.of(arguments));
    return Tool.of(etcdctl, all.toArray(String[]::new))
        .with("ETCDCTL_CACERT", pki.resolve("ca.crt").toString())
        .with("ETCDCTL_CERT", pki.resolve("client.crt").toString())
        .with("ETCDCTL_KEY", pki.resolve("client.key").toString());
  }

  @Test
  void theJavaClientManagesUsersAndIsOne() throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"), COST);
        Client open = Client.builder().endpoints(pintle.etcd()).build()) {
      Auth auth = open.getAuthClient();
      within(auth.userAdd(text("root"), text("rpw")));
      within(auth.userGrantRole(text("root"), text("root")));
      within(auth.userAdd(text("u"), text("pw")));
      within(auth.roleAdd(text("r")));
      within(auth.roleGrantPermission(text("r"), text("k"), text("l"), Permission.Type.READWRITE));
      within(auth.userGrantRole(text("u"), text("r")));
      assertThat(within(auth.userGet(text("u"))).getRoles()).containsExactly("r");
      assertThat(within(auth.roleGet(text("r"))).getPermissions()).hasSize(1);
      assertThat(within(auth.userList()).getUsers()).containsExactly("root", "u");
      within(auth.authEnable());
      try (Client user =
          Client.builder().endpoints(pintle.etcd()).user(text("u")).password(text("pw")).build()) {
        KV kv = user.getKVClient();
        within(kv.put(text("k1"), text("v")));
        GetOption prefix = GetOption.builder().isPrefix(true).build();
        assertThat(within(kv.get(text("k"), prefix)).getCount()).isEqualTo(1);
        assertThatThrownBy(() -> within(kv.put(text("a"), text("v"))))
            .hasMessageContaining("permission denied");
      }
    }
  }

  /// A put that is answered well has a revision; none may come after the one at which the permission was gone.
  @Test
  void noPutTakesEffectAfterItsPermissionWasWithdrawn() throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"), COST);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Etcdctl etcdctl = Etcdctl.at(pintle.etcd());
      prepare(etcdctl);
      String root = token(pintle.etcd(), "root", "rpw");
      String user = token(pintle.etcd(), "u", "pw");
      for (int round = 0; round < 20; round++) {
        AtomicInteger done = new AtomicInteger();
        List<CompletableFuture<String>> puts = new ArrayList<>();
        CompletableFuture<String> enough = new CompletableFuture<>();
        for (int i = 0; i < 400; i++) {
          puts.add(
              CompletableFuture.supplyAsync(
                  () -> {
                    if (done.incrementAndGet() == 50) {
                      enough.complete("");
                    }
                    return post(pintle.etcd(), user, "/v3/kv/put", "{\"key\":\"aw==\"}");
                  },
                  threads));
        }
        enough.get(SECONDS_MAX, TimeUnit.SECONDS);
        long withdrawn =
            revision(
                post(
                    pintle.etcd(),
                    root,
                    "/v3/auth/role/revoke",
                    "{\"role\":\"r\",\"key\":\"aw==\"}"));
        for (CompletableFuture<String> put : puts) {
          String answer = put.get(SECONDS_MAX, TimeUnit.SECONDS);
          if (answer.contains("\"revision\"")) {
            assertThat(revision(answer)).isLessThanOrEqualTo(withdrawn);
          } else {
            assertThat(answer).containsAnyOf("permission denied", "revision of auth store is old");
          }
        }
        etcdctl.out("--user", "root:rpw", "role", "grant-permission", "r", "readwrite", "k");
      }
    }
  }

  private static long revision(String answer) {
    int at = answer.indexOf("\"revision\":\"") + 12;
    return Long.parseLong(answer.substring(at, answer.indexOf('"', at)));
  }

  private static void prepare(Etcdctl etcdctl) {
    etcdctl.out("put", "k", "v");
    etcdctl.out("user", "add", "root:rpw");
    etcdctl.out("user", "grant-role", "root", "root");
    etcdctl.out("user", "add", "u:pw");
    etcdctl.out("role", "add", "r");
    etcdctl.out("role", "grant-permission", "r", "readwrite", "k");
    etcdctl.out("user", "grant-role", "u", "r");
    etcdctl.out("auth", "enable");
  }

  private static String token(String server, String user, String password) {
    String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
    String answer = post(server, "", "/v3/auth/authenticate", body);
    int at = answer.indexOf("\"token\":\"");
    if (at < 0) {
      throw new AssertionError(answer);
    }
    return answer.substring(at + 9, answer.indexOf('"', at + 9));
  }

  private static String range(String server, String token) {
    return post(server, token, "/v3/kv/range", "{\"key\":\"aw==\"}").replace(" ", "");
  }

  private static String post(String server, String token, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    HttpResponse<String> answer =
        HTTP.sendAsync(request.build(), BodyHandlers.ofString())
            .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
            .join();
    return answer.body();
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private static <T> T within(CompletableFuture<T> future) throws Exception {
    return future.get(SECONDS_MAX, TimeUnit.SECONDS);
  }
}
