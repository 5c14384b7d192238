package dev.pintle.kube.negotiation;

import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The reader of Accept headers. Clients send few different ones, so that what they mean is remembered.
public final class Accept {
  private static final int REMEMBERED_MAX = 512;
  private static final int CLAUSES_MAX = 32;
  private static final String TEXT = "text/plain";

  private final boolean protobuf;
  private final boolean tables;
  private final boolean text;
  private final Map<String, Representation> remembered = new ConcurrentHashMap<>();
  private final Map<String, Representation> rememberedStreams = new ConcurrentHashMap<>();

  /// @param protobuf whether protobuf is spoken here, as it is not for custom resources
  public Accept(boolean protobuf) {
    this(protobuf, true, false);
  }

  private Accept(boolean protobuf, boolean tables, boolean text) {
    this.protobuf = protobuf;
    this.tables = tables;
    this.text = text;
  }

  /// Of what has no tables.
  public static Accept withoutTables() {
    return new Accept(true, false, false);
  }

  /// Of what is plain text; who asks for nothing else is not served all the same, as upstream.
  public static Accept ofText() {
    return new Accept(true, false, true);
  }

  /// The form of a whole answer.
  public Representation choose(String header) {
    return choose(header, false, remembered);
  }

  /// The form of the events of a watch.
  public Representation chooseStream(String header) {
    return choose(header, true, rememberedStreams);
  }

  private Representation choose(String header, boolean stream, Map<String, Representation> known) {
    if (header.isEmpty()) {
      return Representation.JSON;
    }
    Representation before = known.get(header);
    if (before != null) {
      return before;
    }
    List<Clause> clauses = clauses(header);
    if (protobuf && clauses.stream().noneMatch(this::names)) {
      throw StatusErrors.nothingAcceptable((text ? TEXT + ", " : "") + offered(stream));
    }
    for (Clause clause : clauses) {
      Representation accepted = accepted(clause, stream);
      if (accepted != null) {
        if (known.size() < REMEMBERED_MAX) {
          known.put(header, accepted);
        }
        return accepted;
      }
    }
    throw StatusErrors.notAcceptable(offeredOtherwise(stream));
  }

  /// Whether a client that sends this Accept header takes one of `types`.
  public static boolean covers(String header, String... types) {
    if (header.isBlank()) {
      return true;
    }
    for (Clause clause : clauses(header)) {
      for (String type : types) {
        if (clause.covers(type)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Upstream's framework for web services, which stands before all but custom resources, wants a type to be named in full.
  private boolean names(Clause clause) {
    if (text && clause.type.equals(TEXT)) {
      return true;
    }
    for (MediaType type : MediaType.values()) {
      if (clause.type.equals("*/*") || clause.type.equals(type.text())) {
        return true;
      }
    }
    return false;
  }

  /// Upstream offers protobuf for custom resources too, though nothing but refusals comes in it.
  private static String offeredOtherwise(boolean stream) {
    return new Accept(true).offered(stream);
  }

  /// The form in which a refusal is told: what the client reads if that is spoken, else JSON.
  public Representation chooseForRefusal(String header) {
    for (Clause clause : clauses(header)) {
      for (MediaType type : MediaType.values()) {
        if (speaks(type, false) && clause.covers(type.text())) {
          return new Representation(type, Form.OBJECT, "v1", false);
        }
      }
    }
    return Representation.JSON;
  }

  /// The media types spoken here, for messages.
  public String offered(boolean stream) {
    List<String> types = new ArrayList<>();
    for (MediaType type : MediaType.values()) {
      if (speaks(type, stream)) {
        types.add(stream ? type.text() + ";stream=watch" : type.text());
      }
    }
    return String.join(", ", types);
  }

  public boolean speaks(MediaType type, boolean stream) {
    return (type != MediaType.PROTOBUF || protobuf) && (!stream || type.streams());
  }

  private @Nullable Representation accepted(Clause clause, boolean stream) {
    for (MediaType type : MediaType.values()) {
      if (speaks(type, stream) && clause.covers(type.text())) {
        Form form = form(clause, type);
        if (form != null && streamAllowed(clause)) {
          String version = clause.parameters.getOrDefault("v", "v1");
          return new Representation(
              type, form, version, "1".equals(clause.parameters.get("pretty")));
        }
      }
    }
    return null;
  }

  private static boolean streamAllowed(Clause clause) {
    String stream = clause.parameters.getOrDefault("stream", "");
    return (stream.isEmpty() || stream.equals("watch"))
        && clause.parameters.getOrDefault("sv", "").isEmpty();
  }

  private @Nullable Form form(Clause clause, MediaType type) {
    String as = clause.parameters.get("as");
    if (as == null && !clause.parameters.containsKey("g") && !clause.parameters.containsKey("v")) {
      return Form.OBJECT;
    }
    String version = clause.parameters.getOrDefault("v", "");
    boolean meta =
        "meta.k8s.io".equals(clause.parameters.get("g"))
            && (version.equals("v1") || version.equals("v1beta1"));
    return switch (as) {
      case "Table" -> tables && meta && type != MediaType.PROTOBUF ? Form.TABLE : null;
      case "PartialObjectMetadata" -> meta ? Form.METADATA : null;
      case "PartialObjectMetadataList" -> meta ? Form.METADATA_LIST : null;
      case null, default -> null;
    };
  }

  private record Clause(String type, Map<String, String> parameters, double quality, int position) {
    boolean covers(String mediaType) {
      return type.equals("*/*")
          || type.equals("*")
          || type.equals(mediaType)
          || (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1)));
    }

    int specificity() {
      return type.startsWith("*") ? 0 : type.endsWith("/*") ? 1 : 2;
    }
  }

  private static List<Clause> clauses(String header) {
    List<Clause> clauses = new ArrayList<>();
    for (String text : header.split(",", CLAUSES_MAX)) {
      clauses.add(clause(text, clauses.size()));
    }
    clauses.sort(
        Comparator.comparingDouble((Clause clause) -> -clause.quality)
            .thenComparingInt(clause -> -clause.specificity())
            .thenComparingInt(Clause::position));
    return clauses;
  }

  private static Clause clause(String text, int position) {
    String[] parts = text.split(";", -1);
    Map<String, String> parameters = new HashMap<>();
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        String name = parts[i].substring(0, equals).strip();
        String value = parts[i].substring(equals + 1).strip();
        if (name.equals("q")) {
          quality = quality(value);
        } else {
          parameters.put(name, value);
        }
      }
    }
    return new Clause(parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality, position);
  }

  private static double quality(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 1;
    }
  }
}
