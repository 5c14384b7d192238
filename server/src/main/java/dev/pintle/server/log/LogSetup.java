package dev.pintle.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.LoggerFactory;

/// The set-up of logging in code: reading a file of XML for it took a third of the program's start. Whoever wants it
/// otherwise names a file with `-Dlogback.configurationFile`. A test or a program that has the server within it and a set-up of its own on the
/// class path keeps that: its log is not ours to change.
@ConfiguratorRank(value = ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String FILE = "logback.configurationFile";

  /// Named by who starts the program as such: nobody else's set-up is looked for then, which would open every jar.
  private static final String LAUNCHER = "pintle.launcher";

  private static final List<String> OF_OTHERS = List.of("logback-test.xml", "logback.xml");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(FILE) != null || isOfOthers()) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    LineEncoder encoder = new LineEncoder();
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    context.getLogger("io.netty").setLevel(Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// What all loggers of the program belong to.
  static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static boolean isOfOthers() {
    ClassLoader loader = LogSetup.class.getClassLoader();
    return System.getProperty(LAUNCHER) == null
        && OF_OTHERS.stream().anyMatch(name -> loader.getResource(name) != null);
  }
}
