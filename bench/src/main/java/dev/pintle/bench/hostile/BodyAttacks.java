package dev.pintle.bench.hostile;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Bodies that are within the limits, and cost more than they look.
public final class BodyAttacks {
  static final String JSON = "application/json";
  static final String YAML = "application/yaml";
  private static final String DRY = "?dryRun=All";
  private static final String DEFAULT = "/api/v1/namespaces/default/";
  private static final String MAPS = DEFAULT + "configmaps";
  private static final String META = "{\"metadata\":{\"generateName\":\"h-\"},";
  private static final int CLIENTS = 8;

  private BodyAttacks() {}

  public static List<Attack> all() {
    return List.of(
        yaml("YAML: a number of 15 KB", () -> number(15_000)),
        yaml("YAML: a number of 1 MB", () -> number(1_000_000)),
        yaml("YAML: 1 MB of sexagesimal digits", () -> value("1:".repeat(500_000) + "1")),
        yaml("YAML: 1 MB of underscores", () -> value("1" + "_".repeat(1_000_000) + "1")),
        yaml("YAML: 1 MB of `? a`", () -> HostileBodies.text("data:\n", "  ? a\n".repeat(160_000))),
        yaml(
            "YAML: one text 70 000 times",
            () ->
                HostileBodies.text(
                    "metadata: {generateName: h-, finalizers: [&a ",
                    "x".repeat(1_000_000),
                    ", *a ".repeat(70_000),
                    "]}")),
        yaml(
            "YAML: 65 536 names of one hash",
            () ->
                HostileBodies.text(
                    "metadata: {generateName: h-}\ndata: {",
                    HostileBodies.list(65_536, i -> HostileBodies.colliding(i) + ": a"),
                    "}")),
        json("JSON: 300 000 names", () -> data(260_000, i -> "k%06d".formatted(i))),
        json("JSON: 65 536 names of one hash", () -> data(65_536, HostileBodies::colliding)),
        json("JSON: one name 300 000 times", () -> data(300_000, _ -> "a")),
        json(
            "JSON: 200 000 unknown fields",
            () ->
                HostileBodies.text(
                    META, HostileBodies.list(200_000, i -> "\"u%06d\":1".formatted(i)), "}")),
        json("JSON: 1 500 000 levels", () -> HostileBodies.text("{\"a\":", "[".repeat(3_000_000))),
        json(
            "JSON: a number of 1 MB",
            () ->
                HostileBodies.text(
                    "{\"metadata\":{\"generation\":", HostileBodies.digits(1_000_000), "}}")),
        json(
            "JSON: an exponent of 1 MB",
            () ->
                HostileBodies.text(
                    "{\"metadata\":{\"generation\":1e", HostileBodies.digits(1_000_000), "}}")),
        json(
            "JSON: 200 000 finalizers",
            () ->
                HostileBodies.text(
                    "{\"metadata\":{\"generateName\":\"h-\",\"finalizers\":[",
                    HostileBodies.list(200_000, i -> "\"a/%06d\"".formatted(i)),
                    "]}}")),
        json(
            "JSON: 3 MB of managed fields",
            () ->
                HostileBodies.text(
                    "{\"metadata\":{\"generateName\":\"h-\",\"managedFields\":[",
                    HostileBodies.list(15_000, BodyAttacks::managedFields),
                    "]}}")),
        gzip());
  }

  /// Lists that are checked item against item, and numbers that are not what they look like.
  public static List<Attack> objects() {
    return List.of(
        quantity("a quantity of 800 KB of digits", () -> HostileBodies.digits(800_000)),
        quantity("a quantity of 800 KB of decimals", () -> "0." + HostileBodies.digits(800_000)),
        quantity("the quantity 1e999999999", () -> "1e999999999"),
        quantity("the quantity 1e-999999999", () -> "1e-999999999"),
        object(
            "pods",
            "100 000 containers",
            "\"spec\":{\"containers\":[",
            "]}",
            100_000,
            _ -> "{\"name\":\"a\"}"),
        object(
            "services",
            "60 000 ports of a service",
            "\"spec\":{\"ports\":[",
            "]}",
            60_000,
            i -> "{\"name\":\"p%d\",\"port\":%d}".formatted(i, 1 + i % 60_000)),
        object(
            "pods",
            "80 000 variables of a container",
            "\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"a\",\"env\":[",
            "]}]}",
            80_000,
            i -> "{\"name\":\"V%06d\",\"value\":\"$(V%06d)\"}".formatted(i, i)),
        object(
            "endpoints",
            "60 000 addresses",
            "\"subsets\":[{\"addresses\":[",
            "]}]",
            60_000,
            i -> "{\"ip\":\"10.0.%d.%d\"}".formatted(i / 250 % 250, 1 + i % 250)));
  }

  private static byte[] number(int digits) {
    return value(HostileBodies.digits(digits));
  }

  private static byte[] value(String scalar) {
    return HostileBodies.text("metadata: {generateName: h-, annotations: {a: ", scalar, "}}\n");
  }

  private static byte[] data(int count, IntFunction<String> name) {
    return HostileBodies.text(
        META, "\"data\":{", HostileBodies.list(count, i -> "\"" + name.apply(i) + "\":\"\""), "}}");
  }

  private static String managedFields(int number) {
    return """
    {"manager":"m%d","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z",\
    "fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:k%d":{}}}}\
    """
        .formatted(number, number);
  }

  private static Attack yaml(String name, Supplier<byte[]> body) {
    return post(name, MAPS, YAML, body);
  }

  private static Attack json(String name, Supplier<byte[]> body) {
    return post(name, MAPS, JSON, body);
  }

  private static Attack quantity(String name, Supplier<String> quantity) {
    return post(
        name,
        DEFAULT + "resourcequotas",
        JSON,
        () -> HostileBodies.text(META, "\"spec\":{\"hard\":{\"cpu\":\"", quantity.get(), "\"}}}"));
  }

  private static Attack object(
      String resource,
      String name,
      String before,
      String after,
      int count,
      IntFunction<String> item) {
    return post(
        name,
        DEFAULT + resource,
        JSON,
        () -> HostileBodies.text(META, before, HostileBodies.list(count, item), after, "}"));
  }

  /// The same body by several clients; nothing is stored.
  private static Attack post(String name, String path, String type, Supplier<byte[]> body) {
    return Attack.of(
        name,
        strike -> strike.again(CLIENTS, strike.post(path + DRY, type, body.get())),
        Attack.ANSWERED);
  }

  private static Attack gzip() {
    return Attack.of(
        "gzip: 200 MB in 200 KB",
        strike -> {
          HttpRequest request =
              strike
                  .send("POST", MAPS + DRY, JSON, HostileBodies.packedZeros(200))
                  .header("Content-Encoding", "gzip")
                  .build();
          strike.again(2 * CLIENTS, request);
        },
        Attack.REFUSED);
  }

  static String selector(int bytes) {
    return "a+in+(%s)"
        .formatted(
            new String(
                HostileBodies.text(HostileBodies.list(bytes / 8, "b%06d"::formatted)),
                StandardCharsets.UTF_8));
  }
}
