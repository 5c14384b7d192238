package dev.pintle.compat.twin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// One of the two servers.
///
/// @param token of a member of `system:masters`
/// @param inVain what was awaited and did not come: it is awaited once
public record TwinServer(
    String name, String base, String token, HttpClient client, Set<String> inVain) {
  private static final Duration TIME_MAX = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CURRENT = Pattern.compile("\\{\\{(resourceVersion|uid) ([^}]+)}}");
  private static final Pattern REPEATED = Pattern.compile("\\{\\{([0-9]+) times (.)}}");
  private static final Pattern AWAITED =
      Pattern.compile("\\{\\{(served|gone|settled|refused|accepted) ([^}]+)}}");
  // The real server looks for new kinds every thirty seconds.
  private static final Duration AWAITED_MAX = Duration.ofSeconds(40);
  private static final int UNAVAILABLE = 503;
  private static final String KIND_ON_ITS_WAY =
      "There can be a delay between when CustomResourceDefinitions are created and when they are available.";
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final TwinRequest.Header NO_TOKEN =
      new TwinRequest.Header("Authorization", "none");
  // What java.net.http sets itself.
  private static final Set<String> OWN_HEADERS = Set.of("content-length", "host", "connection");

  /// An answer of a server.
  ///
  /// @param headers the ones that are compared, by lower-case name
  public record Answer(int status, List<String> headers, String body) {}

  public Answer send(TwinRequest request) throws IOException, InterruptedException {
    long end = System.nanoTime() + AWAITED_MAX.toNanos();
    Answer answer = sent(request);
    while (answer.status() == UNAVAILABLE
        && answer.body().contains(KIND_ON_ITS_WAY)
        && System.nanoTime() < end) {
      new CountDownLatch(1).await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      answer = sent(request);
    }
    return answer;
  }

  private Answer sent(TwinRequest request) throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + current(awaited(request.path()))))
            .timeout(TIME_MAX)
            .method(
                request.method(),
                request.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(current(repeated(request.body()))));
    boolean authorized = request.headers().contains(NO_TOKEN);
    for (TwinRequest.Header header : request.headers()) {
      if (!header.equals(NO_TOKEN)
          && !OWN_HEADERS.contains(header.name().toLowerCase(Locale.ROOT))) {
        authorized |= header.name().equalsIgnoreCase("Authorization");
        builder.header(header.name(), header.value());
      }
    }
    if (!authorized) {
      builder.header("Authorization", "Bearer " + token);
    }
    CompletableFuture<HttpResponse<byte[]>> whole =
        client.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response = whole.get(TIME_MAX.toSeconds(), TimeUnit.SECONDS);
      return new Answer(
          response.statusCode(),
          compared(response),
          new String(response.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException _) {
      whole.cancel(true);
      return new Answer(0, List.of(), "no whole answer within " + TIME_MAX);
    } catch (ExecutionException e) {
      return new Answer(0, List.of(), "no answer: " + e.getCause());
    }
  }

  private static List<String> compared(HttpResponse<byte[]> response) {
    Set<String> headers = new TreeSet<>();
    for (String name :
        List.of("content-type", "warning", "retry-after", "cache-control", "vary", "allow")) {
      response.headers().allValues(name).forEach(value -> headers.add(name + ": " + value));
    }
    return List.copyOf(headers);
  }

  /// `{{resourceVersion PATH}}` and `{{uid PATH}}` stand for what the object at the path has on this server now.
  private String current(String text) throws IOException, InterruptedException {
    Matcher matcher = CURRENT.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          out, Matcher.quoteReplacement(fact(matcher.group(2), matcher.group(1))));
    }
    return matcher.appendTail(out).toString();
  }

  /// `{{1024 times x}}` stands for so many of the character.
  private static String repeated(String text) {
    return REPEATED
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
  }

  private String fact(String path, String field) throws IOException, InterruptedException {
    return JSON.readTree(look(path).body()).path("metadata").path(field).asString();
  }

  private HttpResponse<String> look(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIME_MAX)
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /// `{{served PATH}}`, `{{gone PATH}}` and `{{settled PATH}}` stand for nothing once the path is served, is not found, or
  /// has an object with conditions that stay, and `{{refused PATH}}` and `{{accepted PATH}}` once an object may not or may be made there:
  /// both servers do that in their own time.
  private String awaited(String text) throws IOException, InterruptedException {
    Matcher matcher = AWAITED.matcher(text);
    while (matcher.find()) {
      if (!inVain.contains(matcher.group()) && !comes(matcher.group(1), matcher.group(2))) {
        inVain.add(matcher.group());
      }
    }
    return matcher.replaceAll("");
  }

  private boolean comes(String awaited, String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + AWAITED_MAX.toNanos();
    boolean come = isSo(awaited, path);
    while (!come && System.nanoTime() < end) {
      new CountDownLatch(1).await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      come = isSo(awaited, path);
    }
    return come;
  }

  private boolean isSo(String awaited, String path) throws IOException, InterruptedException {
    return switch (awaited) {
      case "refused" -> isRefused(tried(path));
      case "accepted" -> !isRefused(tried(path));
      default -> isSo(awaited, look(path));
    };
  }

  private static boolean isRefused(int status) {
    return status == 403 || status == 422;
  }

  /// How a server answers when an object is only tried to be made.
  private int tried(String path) throws IOException, InterruptedException {
    int name = path.lastIndexOf('/');
    String body = "{\"metadata\": {\"name\": \"%s\"}}".formatted(path.substring(name + 1));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path.substring(0, name) + "?dryRun=All"))
            .timeout(TIME_MAX)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static boolean isSo(String awaited, HttpResponse<String> answer) {
    return switch (awaited) {
      // A resource that is just being made ready asks to come again.
      case "served" -> answer.statusCode() != 404 && answer.statusCode() != 429;
      case "gone" -> answer.statusCode() == 404;
      default -> isSettled(answer.body());
    };
  }

  /// A definition whose names are accepted is established a little later. Only its own conditions count: its schema may name their
  /// fields, too.
  static boolean isSettled(String object) {
    JsonNode conditions = JSON.readTree(object).path("status").path("conditions");
    return !conditions.isEmpty()
        && conditions.valueStream().allMatch(one -> one.has("lastTransitionTime"))
        && conditions
            .valueStream()
            .noneMatch(one -> one.path("reason").asString().equals("Installing"));
  }
}
