package dev.pintle.kube.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.Exchange.BodyWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitedEventsTest {
  private final List<String> written = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void linesAreCutBetweenEvents() {
    LimitedEvents events = limited(2, EventFraming.LINES);
    events.write(text("{\"a\"}\n{\"b\"}\n{\"c\"}\n"));
    events.write(text("{\"d\"}\n"));
    assertThat(written).containsExactly("{\"a\"}\n{\"b\"}\n");
    assertThat(told).containsExactly("reached", "broken off");
  }

  @Test
  void eventsWithTheirLengthsAreCutBetweenEvents() {
    LimitedEvents events = limited(2, EventFraming.PREFIXED);
    events.write(
        Unpooled.wrappedBuffer(
            Stream.of("one\n", "two", "three")
                .map(each -> EventFraming.PREFIXED.framed(each.getBytes(StandardCharsets.US_ASCII)))
                .toArray(byte[][]::new)));
    assertThat(written).containsExactly("\0\0\0\4one\n\0\0\0\3two");
  }

  @Test
  void aMessageIsAnEvent() {
    LimitedEvents events = limited(1, EventFraming.MESSAGES);
    events.write(text("one\nand one\n"));
    assertThat(told).isEmpty();
    events.write(text("two"));
    assertThat(written).containsExactly("one\nand one\n");
    assertThat(told).hasSize(2);
  }

  @Test
  void theLimitIsReachedByTheEventThatIsTooMuch() {
    LimitedEvents events = limited(2, EventFraming.LINES);
    events.write(text("a\n"));
    events.write(text("b\n"));
    assertThat(told).isEmpty();
    events.write(text("c\n"));
    assertThat(written).containsExactly("a\n", "b\n");
    assertThat(told).hasSize(2);
  }

  @Test
  void ofNoneNothingIsWritten() {
    LimitedEvents events = limited(0, EventFraming.LINES);
    events.write(text("a\n"));
    assertThat(written).isEmpty();
    assertThat(told).hasSize(2);
  }

  private LimitedEvents limited(int most, EventFraming frames) {
    return new LimitedEvents(
        new Taken(),
        new InterceptedExchange.EventLimit(most, () -> told.add("reached")),
        frames,
        () -> told.add("broken off"));
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  private final class Taken implements BodyWriter {
    @Override
    public void write(ByteBuf piece) {
      written.add(new String(ByteBufUtil.getBytes(piece), StandardCharsets.US_ASCII));
      piece.release();
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void onWritable(Runnable action) {}

    @Override
    public void end() {}

    @Override
    public void cut() {}
  }
}
