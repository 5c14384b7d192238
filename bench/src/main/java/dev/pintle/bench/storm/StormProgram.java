package dev.pintle.bench.storm;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;

/// The program of a [StormProcess]: burst after burst over the server that it is told of, until nobody tells it more.
public final class StormProgram {
  private StormProgram() {}

  public static void main(String[] arguments) throws Exception {
    DataInputStream orders = new DataInputStream(System.in);
    DataOutputStream answers = new DataOutputStream(System.out);
    System.setOut(System.err); // the answers alone go there
    try {
      while (true) {
        try (JobBurst burst = new JobBurst(StormTarget.read(orders), StormScale.read(orders))) {
          answers.writeBoolean(true);
          answers.flush();
          for (int jobs = orders.readInt(); jobs > 0; jobs = orders.readInt()) {
            burst.run(orders.readUTF(), jobs).write(answers);
            answers.flush();
          }
        }
      }
    } catch (EOFException nobodyTellsMore) {
      Runtime.getRuntime().halt(0);
    }
  }
}
