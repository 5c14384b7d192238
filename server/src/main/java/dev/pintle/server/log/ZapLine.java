package dev.pintle.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The content of a line of the log, as zap names its parts.
///
/// @param caller the place in the code
/// @param fields what stands beside the message
record ZapLine(
    String level, String time, String caller, String message, Map<String, String> fields) {
  /// Whoever logs by this name ends the program.
  static final String FATAL_LOGGER = "dev.pintle.server.Fatal";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXX")
          .withZone(ZoneId.systemDefault());

  static ZapLine of(ILoggingEvent event) {
    Map<String, String> fields = new LinkedHashMap<>();
    Object @Nullable [] arguments = event.getArgumentArray();
    if (arguments != null) {
      for (Object argument : arguments) {
        if (argument instanceof Map.Entry<?, ?> field) {
          fields.put(String.valueOf(field.getKey()), String.valueOf(field.getValue()));
        }
      }
    }
    IThrowableProxy fault = event.getThrowableProxy();
    if (fault != null) {
      fields.put("error", fault.getClassName() + ": " + fault.getMessage());
      fields.put("stacktrace", ThrowableProxyUtil.asString(fault));
    }
    return new ZapLine(
        level(event),
        TIME.format(event.getInstant()),
        caller(event.getLoggerName()),
        event.getFormattedMessage(),
        fields);
  }

  private static String level(ILoggingEvent event) {
    if (event.getLoggerName().equals(FATAL_LOGGER)) {
      return "fatal";
    }
    return switch (event.getLevel().toInt()) {
      case Level.ERROR_INT -> "error";
      case Level.WARN_INT -> "warn";
      case Level.INFO_INT -> "info";
      default -> "debug";
    };
  }

  /// Of a name such as `dev.pintle.server.Program` the last two parts, as zap shows a file and its folder.
  private static String caller(String logger) {
    int last = logger.lastIndexOf('.');
    int before = last < 0 ? -1 : logger.lastIndexOf('.', last - 1);
    return last < 0
        ? logger
        : logger.substring(before + 1, last) + "/" + logger.substring(last + 1) + ".java";
  }
}
