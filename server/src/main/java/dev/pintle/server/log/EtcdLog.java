package dev.pintle.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The log of the program as etcd writes its own: lines as zap writes them, to where etcd's flags say.
public final class EtcdLog {
  /// What ends the program, whatever the level.
  private static final String FATAL = ZapLine.FATAL_LOGGER;

  private static final String NULL_DEVICE = "/dev/null";

  private final Logger logger;
  private final Logger fatal;

  private EtcdLog(LoggerContext context) {
    this.logger = context.getLogger("dev.pintle.server.Etcd");
    this.fatal = context.getLogger(FATAL);
  }

  /// The choice of `--log-level`, `--log-format`, `--log-outputs` and the flags of rotation.
  ///
  /// @param level the lowest that is written, as logback has it
  /// @param json whether lines are JSON, else columns
  /// @param outputs `stderr`, `stdout`, or files
  /// @param rotation of the one file among them
  public record Choice(
      String level, boolean json, List<String> outputs, Optional<Rotation> rotation) {
    public static final Choice DEFAULT =
        new Choice("INFO", true, List.of("stderr"), Optional.empty());

    public Choice {
      outputs = List.copyOf(outputs);
    }
  }

  /// The bounds of a log file and of those that it was before.
  ///
  /// @param megabytesMax a file that is longer gets another name
  /// @param daysMax older ones go; 0 for never
  /// @param filesMax more of them than that go, the oldest first; 0 for any number
  /// @param localTime whether their names tell the time here, else in UTC
  /// @param compress whether they are compressed
  public record Rotation(
      int megabytesMax, int daysMax, int filesMax, boolean localTime, boolean compress) {}

  /// Has the whole program's log written so from now on.
  ///
  /// @throws IOException when a file cannot be opened
  public static EtcdLog open(Choice choice) throws IOException {
    LoggerContext context = LogSetup.context();
    Logger any = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Set<String> outputs = new LinkedHashSet<>(choice.outputs());
    if (outputs.contains(NULL_DEVICE)) {
      outputs.retainAll(Set.of(NULL_DEVICE));
    }
    ZapEncoder encoder = new ZapEncoder(choice.json());
    encoder.setContext(context);
    encoder.start();
    List<OutputStreamAppender<ILoggingEvent>> appenders = new ArrayList<>();
    for (String output : outputs) {
      OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
      appender.setContext(context);
      appender.setName(output);
      appender.setEncoder(encoder);
      appender.setOutputStream(stream(output, choice.rotation()));
      appender.start();
      appenders.add(appender);
    }
    any.detachAndStopAllAppenders();
    appenders.forEach(any::addAppender);
    any.setLevel(Level.toLevel(choice.level()));
    EtcdLog log = new EtcdLog(context);
    log.fatal.setLevel(Level.ERROR);
    context.getLogger("io.netty").setLevel(any.getLevel() == Level.OFF ? Level.OFF : Level.WARN);
    return log;
  }

  public void debug(String message, Map.Entry<?, ?>... fields) {
    logger.debug(message, (Object[]) fields);
  }

  /// @param fields what a line has beside its message, in this order
  public void info(String message, Map.Entry<?, ?>... fields) {
    logger.info(message, (Object[]) fields);
  }

  public void warn(String message, Map.Entry<?, ?>... fields) {
    logger.warn(message, (Object[]) fields);
  }

  /// What ends the program.
  public void fatal(String message, Map.Entry<?, ?>... fields) {
    fatal.error(message, (Object[]) fields);
  }

  private static OutputStream stream(String output, Optional<Rotation> rotation)
      throws IOException {
    return switch (output) {
      case "stderr" -> new Standard(FileDescriptor.err);
      case "stdout" -> new Standard(FileDescriptor.out);
      default ->
          rotation.isPresent()
              ? new RotatingFile(Path.of(output), rotation.get())
              : new FileOutputStream(output, true);
    };
  }

  /// A stream of the process, which stays open whoever has done with it.
  private static final class Standard extends FileOutputStream {
    Standard(FileDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    public void close() {}
  }
}
