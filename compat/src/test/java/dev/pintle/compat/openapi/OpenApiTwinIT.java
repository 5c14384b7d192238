package dev.pintle.compat.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import dev.pintle.compat.twin.RealPair;
import dev.pintle.compat.twin.TrustAnyone;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every document of OpenAPI is the real server's, but for the places listed with their reason.
///
/// `-Dpintle.openapi.report=FILE` writes down the places as the list has them.
class OpenApiTwinIT {
  private static final Path FOLDER = Path.of("src/test/openapi");
  private static final Optional<Path> REPORT =
      Optional.ofNullable(System.getProperty("pintle.openapi.report")).map(Path::of);
  private static final String PROTOBUF_2 =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
  private static final String PROTOBUF_3 =
      "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

  private static final List<String> ACCEPTED =
      List.of(
          "",
          "*/*",
          "*",
          "application/*",
          "*/json",
          "application/json",
          "APPLICATION/JSON",
          "text/html",
          "application/yaml",
          "garbage",
          ",",
          PROTOBUF_2,
          "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
          PROTOBUF_3,
          "application/com.github.proto-openapi.spec.v3@v1.0+protobuf",
          PROTOBUF_3 + ";q=0.1, application/json",
          "application/json;q=0.5, " + PROTOBUF_3,
          PROTOBUF_2 + ";q=0.2,application/json;q=0.9",
          "application/json;q=bad",
          "text/plain, application/json;q=0");

  private static final List<Map<String, String>> CONDITIONS =
      List.of(
          Map.of("If-None-Match", "*"),
          Map.of("If-None-Match", "\"x\""),
          Map.of("If-Match", "\"x\""),
          Map.of("If-Modified-Since", "Fri, 27 Nov 2099 19:24:48 GMT"),
          Map.of("If-Modified-Since", "yesterday"),
          Map.of("If-Unmodified-Since", "Fri, 27 Nov 1999 19:24:48 GMT"),
          Map.of("Range", "bytes=0-9"),
          Map.of("Range", "bytes=-5"),
          Map.of("Range", "bytes=99999999-"),
          Map.of("Range", "bytes=9-1"),
          Map.of("Range", "bytes=0-9", "If-Range", "\"x\""),
          Map.of("Accept-Encoding", "gzip"),
          Map.of("Accept-Encoding", "gzip;q=0"),
          Map.of("Accept-Encoding", "gzip", "Range", "bytes=0-9"),
          Map.of("Accept-Encoding", "gzip", "Range", "bytes=0-1398"),
          Map.of("Accept-Encoding", "gzip", "Range", "bytes=0-1399"),
          Map.of("Accept-Encoding", "gzip", "Range", "bytes=100-100099"));

  private static final List<String> HEADERS =
      List.of(
          "content-type", "content-encoding", "content-range", "cache-control", "accept-ranges");
  private static final List<String> PRESENCES = List.of("etag", "expires", "last-modified");

  @TempDir private static Path data;

  private static RealPair pair;
  private static RunningPintle program;
  private static HttpClient client;
  private static OpenApiServer real;
  private static OpenApiServer ours;

  @BeforeAll
  static void start() throws Exception {
    Peers.require("kube-apiserver");
    pair = RealPair.start(data.resolve("real"));
    program =
        RunningPintle.alone(
            data.resolve("pintle"),
            "--etcd",
            "off",
            "--kube",
            "127.0.0.1:0",
            "--admin-token",
            "on");
    client = TrustAnyone.client();
    real = new OpenApiServer(pair.kube(), pair.token(), client);
    ours = new OpenApiServer(program.kube(), Kubeconfig.read(program.kubeconfig()).token(), client);
    for (OpenApiServer server : List.of(real, ours)) {
      for (String definition : definitions()) {
        assertThat(server.define(definition)).isEqualTo(201);
      }
      server.awaitPublished("apis/openapi.example.com/v1", "com.example.openapi.v1.Shape");
      server.awaitPublished("apis/openapi.example.com/v1", "com.example.openapi.v1.Apple");
      server.awaitPublished(
          "apis/odd.k8s.example.org/v2beta1", "org.example.k8s.odd.v2beta1.OddClass");
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    program.close();
    pair.close();
  }

  private static List<String> definitions() throws Exception {
    List<String> definitions = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("definitions"))) {
      for (Path file : files.sorted().toList()) {
        definitions.add(Files.readString(file));
      }
    }
    return definitions;
  }

  @Test
  void everyDocumentIsTheRealServers() throws Exception {
    Map<String, String> theirs = real.index();
    Map<String, String> mine = ours.index();
    assertThat(mine.keySet()).isEqualTo(theirs.keySet());
    Places found = new Places();
    List<String> unexplained = new ArrayList<>();
    for (Map.Entry<String, String> each : theirs.entrySet()) {
      String path = each.getKey();
      unexplained.addAll(
          new DocumentComparison(path, found)
              .of(
                  real.document(each.getValue()),
                  ours.document(mine.getOrDefault(path, "/nowhere"))));
    }
    unexplained.addAll(
        new DocumentComparison("v2", found)
            .of(real.document("/openapi/v2"), ours.document("/openapi/v2")));
    if (REPORT.isPresent()) {
      Files.write(REPORT.get(), found.lines());
    }
    for (Reason reason : Reason.values()) {
      System.err.printf("openapi: %s in %d places%n", reason.text(), found.count(reason));
    }
    assertThat(unexplained).isEmpty();
    assertThat(found.differences(Places.read(FOLDER.resolve("places.txt")))).isEmpty();
  }

  /// Members of one extension have no order, so that equal documents may differ in their bytes.
  @Test
  void documentsThatAreAlikeAreEquallyLongInProtobuf() throws Exception {
    int compared = 0;
    for (String path : real.index().keySet()) {
      String at = "/openapi/v3/" + path;
      if (real.document(at).equals(ours.document(at))) {
        Map<String, String> accept = Map.of("Accept", PROTOBUF_3);
        assertThat(ours.get(at, accept).body()).as(path).hasSameSizeAs(real.get(at, accept).body());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  @Test
  void everyFormAndConditionIsAnsweredAlike() throws Exception {
    List<String> differing = new ArrayList<>();
    for (String path : paths(real).keySet()) {
      String theirs = paths(real).getOrDefault(path, path);
      String mine = paths(ours).getOrDefault(path, path);
      List<Map<String, String>> requests = new ArrayList<>(CONDITIONS);
      ACCEPTED.forEach(accepted -> requests.add(Map.of("Accept", accepted)));
      for (Map<String, String> headers : requests) {
        Map<String, String> expected = told(real.get(theirs, headers));
        Map<String, String> actual = told(ours.get(mine, headers));
        if (!expected.equals(actual)) {
          differing.add("%s %s real: %s ours: %s".formatted(path, headers, expected, actual));
        }
      }
    }
    assertThat(differing).isEmpty();
  }

  /// What is asked, and where a server has it.
  private static Map<String, String> paths(OpenApiServer server) throws Exception {
    Map<String, String> paths = new LinkedHashMap<>();
    for (String path :
        List.of(
            "/openapi/v2",
            "/openapi/v3",
            "/openapi/v3/apis/apps/v1",
            "/openapi/v3/apis/apps/v1?hash=x",
            "/openapi/v3/apis/apps/v1?hash=",
            "/openapi/v3/version",
            "/openapi/v3/nothing",
            "/openapi/v3/apis/openapi.example.com/v1")) {
      paths.put(path, path);
    }
    paths.put("with its hash", server.index().getOrDefault("apis/apps/v1", "/nowhere"));
    return paths;
  }

  private static Map<String, String> told(HttpResponse<byte[]> answer) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("status", Integer.toString(answer.statusCode()));
    for (String name : HEADERS) {
      // How long a document is follows from its texts.
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value ->
              told.put(
                  name, name.equals("content-range") ? value.replaceAll("[0-9]+", "N") : value));
    }
    told.put("vary", answer.headers().allValues("vary").toString());
    for (String name : PRESENCES) {
      told.put(name, Boolean.toString(answer.headers().firstValue(name).isPresent()));
    }
    told.put("empty", Boolean.toString(answer.body().length == 0));
    return told;
  }

  @Test
  void kubectlExplainsAlike() {
    Path kubectl = Peers.require("kubectl");
    for (List<String> asked :
        List.of(
            List.of("pods", "--recursive"),
            List.of("deployment.spec"),
            List.of("deployments.metadata"),
            List.of("jobs.spec", "--recursive"),
            List.of("customresourcedefinitions.spec.versions", "--recursive"),
            List.of("persistentvolumes.spec", "--recursive"),
            List.of("pods.spec.containers.resources"),
            List.of("hpa", "--output=plaintext-openapiv2"),
            List.of("pods.nothing"),
            List.of("shapes", "--recursive"),
            List.of("shapes.metadata"),
            List.of("shapes.spec.combined"),
            List.of("shapes", "--api-version=openapi.example.com/v1beta1"),
            List.of("apples"))) {
      Tool.Result expected = explain(kubectl, pair.folder().resolve("kubeconfig"), asked);
      assertThat(explain(kubectl, program.kubeconfig(), asked)).as("%s", asked).isEqualTo(expected);
    }
  }

  private static Tool.Result explain(Path kubectl, Path kubeconfig, List<String> asked) {
    List<String> arguments =
        new ArrayList<>(List.of("--kubeconfig", kubeconfig.toString(), "explain"));
    arguments.addAll(asked);
    return Tool.of(kubectl, arguments.toArray(String[]::new)).run();
  }
}
