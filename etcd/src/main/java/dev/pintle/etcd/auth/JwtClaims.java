package dev.pintle.etcd.auth;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// The claims of a JSON web token that etcd makes and reads.
///
/// @param user in whose name the holder asks
/// @param revision the auth revision that the token was made at
/// @param notBefore seconds since 1970; the token is not valid before
/// @param expires seconds since 1970; the token is not valid from then on
record JwtClaims(String user, long revision, double notBefore, double expires) {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES).build();

  boolean isValidAt(long epochSeconds) {
    return epochSeconds >= notBefore && epochSeconds < expires;
  }

  static byte[] header(String algorithm) {
    return write(out -> {
      out.writeStringProperty("alg", algorithm);
      out.writeStringProperty("typ", "JWT");
    });
  }

  static byte[] body(String user, long revision, long expires) {
    return write(out -> {
      out.writeNumberProperty("exp", expires);
      out.writeNumberProperty("revision", revision);
      out.writeStringProperty("username", user);
    });
  }

  private static byte[] write(Consumer<JsonGenerator> properties) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator out =
        FACTORY.createGenerator(ObjectWriteContext.empty(), (OutputStream) json)) {
      out.writeStartObject();
      properties.accept(out);
      out.writeEndObject();
    }
    return json.toByteArray();
  }

  /// What a token's head says it is signed by.
  ///
  /// @throws IllegalArgumentException when it is no head of a token
  static String algorithm(byte[] header) {
    Reading reading = new Reading(header);
    String algorithm = reading.algorithm;
    if (algorithm == null) {
      throw new IllegalArgumentException("token: without alg (expected: its method)");
    }
    return algorithm;
  }

  /// @throws IllegalArgumentException when they are none of a user's
  static JwtClaims read(byte[] body) {
    Reading reading = new Reading(body);
    String user = reading.user;
    if (user == null || reading.revision < 0) {
      throw new IllegalArgumentException("token: expected: of a user at a revision");
    }
    return new JwtClaims(user, reading.revision, reading.notBefore, reading.expires);
  }

  /// A walk over the properties of one object.
  private static final class Reading {
    private @Nullable String algorithm;
    private @Nullable String user;
    private long revision = -1;
    private double notBefore = Double.NEGATIVE_INFINITY;
    private double expires = Double.POSITIVE_INFINITY;

    Reading(byte[] json) {
      try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), json)) {
        require(in.nextToken() == JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = in.currentName();
          in.nextToken();
          property(in, name);
        }
        require(in.nextToken() == null);
      } catch (JacksonException noJson) {
        throw new IllegalArgumentException("token: no JSON", noJson);
      }
    }

    private void property(JsonParser in, String name) {
      switch (name) {
        case "alg" -> algorithm = text(in);
        case "username" -> user = text(in);
        case "revision" -> revision = (long) number(in);
        case "nbf" -> notBefore = number(in);
        case "exp" -> expires = number(in);
        default -> in.skipChildren();
      }
    }

    private static String text(JsonParser in) {
      require(in.currentToken() == JsonToken.VALUE_STRING);
      return in.getString();
    }

    private static double number(JsonParser in) {
      require(in.currentToken() != null && in.currentToken().isNumeric());
      return in.getDoubleValue();
    }

    private static void require(boolean holds) {
      if (!holds) {
        throw new IllegalArgumentException("token: expected: an object with claims");
      }
    }
  }
}
