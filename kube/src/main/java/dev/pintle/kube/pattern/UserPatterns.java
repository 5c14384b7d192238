package dev.pintle.kube.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The patterns of users, compiled once and kept while they are few.
public final class UserPatterns {
  /// Instructions of all patterns that are kept; each takes about a hundred bytes.
  private static final long KEPT_INSTRUCTIONS_MAX = 300_000;

  private static final int STEPS_OF_INSTRUCTION = 8;
  private static final int WORDS_OF_INSTRUCTION = 12;

  private static final Map<String, Compiled> KEPT = new ConcurrentHashMap<>();
  private static final AtomicLong KEPT_INSTRUCTIONS = new AtomicLong();

  private UserPatterns() {}

  /// A pattern that can be matched.
  ///
  /// @param bits a quicker way to see whether it is found at all; null for a pattern with flags, classes of Unicode or
  ///     assertions inside, or a very large one
  /// @param instructions of its program: matching a text takes at most this many steps for each character
  /// @param size about what it takes of memory, in instructions; one may have a large class
  public record Compiled(Pattern pattern, @Nullable BitMatcher bits, int instructions, long size) {
    /// Whether the pattern is found anywhere in a text.
    public boolean isIn(String text) {
      return bits != null ? bits.isIn(text) : pattern.matcher(text).find();
    }

    /// What it may take at most to look for it in a text: a step is about a nanosecond.
    public long steps(String text) {
      long each = bits != null ? bits.stepsEach() : (long) instructions * STEPS_OF_INSTRUCTION;
      return each * text.length();
    }
  }

  /// Null for what Go does not accept.
  public static @Nullable Compiled of(String expression) {
    Compiled kept = KEPT.get(expression);
    if (kept != null) {
      return kept;
    }
    Compiled made = compile(expression);
    if (made != null) {
      keep(expression, made);
    }
    return made;
  }

  private static @Nullable Compiled compile(String expression) {
    GoPattern.Read read = GoPattern.read(expression);
    if (!read.problem().isEmpty()) {
      return null;
    }
    try {
      Pattern pattern = Pattern.compile(read.matcherText());
      BitMatcher bits = BitMatcher.of(read.matcherText());
      long more = bits == null ? 0 : bits.size() / WORDS_OF_INSTRUCTION;
      return new Compiled(pattern, bits, pattern.programSize(), read.size() + more);
    } catch (PatternSyntaxException _) {
      return null;
    }
  }

  /// Forgets everything when it is too much: who uses many patterns compiles them again, and nobody is kept out by others.
  private static void keep(String expression, Compiled made) {
    long weight = Math.max(made.size(), made.instructions()) + expression.length() / 50L;
    if (KEPT_INSTRUCTIONS.addAndGet(weight) > KEPT_INSTRUCTIONS_MAX) {
      KEPT.clear();
      KEPT_INSTRUCTIONS.set(weight);
    }
    KEPT.put(expression, made);
  }
}
