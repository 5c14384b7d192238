package dev.pintle.bench.hostile;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Definitions whose rules are cheap to write and dear to follow, and objects that make them be followed.
public final class RuleAttacks {
  private static final String GROUP = "hostile.example";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final int CLIENTS = 8;
  private static final int SERVED_LOOKS_MAX = 200;
  private static final long LOOK_MILLIS = 25;

  private RuleAttacks() {}

  /// Patterns that a backtracking matcher would need longer than anyone lives for.
  public static List<Attack> patterns() {
    String optional = "^" + "a?".repeat(40) + "a".repeat(40) + "$";
    return List.of(
        pattern("optionals", optional, () -> "a".repeat(40)),
        pattern("alternatives", "^(a|aa)+$", () -> "a".repeat(1_000_000) + "b"),
        pattern("nested", "^(([a-z])+.)+[A-Z]([a-z])+$", () -> "a".repeat(1_000_000)),
        pattern("stars", "(.*)*x", () -> "a".repeat(1_000_000)),
        pattern("spaces", "^\\\\s+$|\\\\s+end$", () -> " ".repeat(1_000_000)),
        pattern("repeats", "^((a{0,30}){0,30})b$", () -> "a".repeat(1_000_000)),
        format("email", () -> "a".repeat(500_000) + "@" + "a.".repeat(250_000)),
        format("uri", () -> "http://" + "%41".repeat(300_000)),
        format("hostname", () -> "a.".repeat(500_000)),
        format("ipv6", () -> "0:".repeat(500_000)),
        format("duration", () -> "1h".repeat(500_000)),
        format("date-time", () -> "2026-01-01T00:00:00." + HostileBodies.digits(1_000_000) + "Z"),
        many());
  }

  /// Expressions whose cost grows by powers, or whose results do.
  public static List<Attack> expressions() {
    String numbers = "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}";
    String bounded = "{\"type\":\"array\",\"maxItems\":1000,\"items\":{\"type\":\"integer\"}}";
    String text = "{\"type\":\"string\"}";
    String number = "{\"type\":\"number\"}";
    Supplier<String> list = () -> "[%s]".formatted(HostileBodies.list(1000, Integer::toString));
    Supplier<String> letters = () -> "\"%s\"".formatted("a".repeat(1000));
    return List.of(
        rule("cubed", numbers, "self.v.all(a, self.v.all(b, self.v.all(c, a + b + c >= 0)))", list),
        rule("squared", bounded, "self.v.all(a, self.v.all(b, a + b >= 0))", list),
        rule("members", numbers, "self.v.all(a, a in self.v)", list),
        rule(
            "replaces",
            text,
            "self.v.replace('a', self.v).replace('a', self.v).size() >= 0",
            letters),
        rule("fills", text, "self.v.replace('', self.v).replace('', self.v).size() >= 0", letters),
        rule("formats", number, "'%.999999999f'.format([self.v]).size() >= 0", () -> "1.5"),
        rule("doubles", text, doubled(24), letters),
        rule("joins", text, "self.v.split('').map(x, self.v).join(self.v).size() >= 0", letters),
        rule("matches", text, "self.v.matches('^" + "(a?){1000}".repeat(10) + "$')", letters),
        rule(
            "givenpatterns",
            text,
            "self.v.matches(self.v)",
            () -> "\"" + "(a*)*".repeat(1000) + "\""));
  }

  /// A text that is added to itself `times` times over.
  private static String doubled(int times) {
    String sum = "self.v";
    for (int i = 0; i < times; i++) {
      sum = "[%s].map(x, x + x)[0]".formatted(sum);
    }
    return sum + ".size() >= 0";
  }

  private static Attack pattern(String name, String pattern, Supplier<String> value) {
    return defined(
        "pattern: " + name,
        name,
        "{\"type\":\"object\",\"properties\":{\"v\":{\"type\":\"string\",\"pattern\":\"%s\"}}}"
            .formatted(pattern),
        () -> "\"%s\"".formatted(value.get()));
  }

  private static Attack format(String format, Supplier<String> value) {
    return defined(
        "format: " + format,
        "format" + format.replace("-", ""),
        "{\"type\":\"object\",\"properties\":{\"v\":{\"type\":\"string\",\"format\":\"%s\"}}}"
            .formatted(format),
        () -> "\"%s\"".formatted(value.get()));
  }

  private static Attack rule(String name, String schema, String rule, Supplier<String> value) {
    return defined(
        "CEL: " + name,
        name,
        "{\"type\":\"object\",\"properties\":{\"v\":%s},\"x-kubernetes-validations\":[{\"rule\":\"%s\"}]}"
            .formatted(schema, rule),
        value);
  }

  /// A definition that is refused is an answer too; one that is taken is tried.
  private static Attack defined(String name, String plural, String schema, Supplier<String> value) {
    return Attack.of(
        name,
        strike -> {
          String path = "/apis/%s/v1/namespaces/default/%s".formatted(GROUP, plural);
          String code = strike.send(define(strike, plural, schema));
          strike.count("definition " + code);
          if ((!code.equals("201") && !code.equals("409")) || !served(strike, path)) {
            return;
          }
          byte[] body =
              HostileBodies.text(
                  "{\"apiVersion\":\"%s/v1\",\"kind\":\"%s\",\"metadata\":{\"generateName\":\"h-\"},\"spec\":{\"v\":"
                      .formatted(GROUP, kind(plural)),
                  value.get(),
                  "}}");
          strike.again(CLIENTS, strike.post(path + "?dryRun=All", BodyAttacks.JSON, body));
        },
        Attack.ANSWERED + "|definition (201|409|422)");
  }

  private static Attack many() {
    return Attack.of(
        "300 definitions at once",
        strike -> {
          int each = strike.share(300) / CLIENTS;
          strike.inParallel(
              CLIENTS,
              client -> {
                for (int i = 0; i < each; i++) {
                  String plural = "many%sx%s".formatted(client, i);
                  strike.count(strike.send(define(strike, plural, "{\"type\":\"object\"}")));
                  strike.count(strike.send(strike.request("/openapi/v2").build()));
                }
              });
        },
        Attack.ANSWERED);
  }

  private static boolean served(AttackRun strike, String path) throws InterruptedException {
    for (int look = 0; look < SERVED_LOOKS_MAX; look++) {
      if (strike.send(strike.request(path).build()).equals("200")) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    strike.count("never served");
    return false;
  }

  private static String kind(String plural) {
    return "K" + plural;
  }

  private static HttpRequest define(AttackRun strike, String plural, String spec) {
    String body =
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"%s.%s"},
        "spec":{"group":"%s","scope":"Namespaced","names":{"plural":"%s","singular":"%s","kind":"%s"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":
        {"type":"object","properties":{"spec":%s}}}}]}}\
        """
            .formatted(plural, GROUP, GROUP, plural, plural, kind(plural), spec);
    return strike.post(DEFINITIONS, BodyAttacks.JSON, HostileBodies.text(body));
  }
}
