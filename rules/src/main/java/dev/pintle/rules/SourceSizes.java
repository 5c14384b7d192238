package dev.pintle.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Lines of files and of method bodies, told by the compiler's own parser.
final class SourceSizes {
  private SourceSizes() {}

  /// The size of a file or a method.
  ///
  /// @param method `Type.method`, or empty when the size is the file's
  record Size(Path file, String method, int lines) {}

  static List<Size> of(List<Path> sources) {
    if (sources.isEmpty()) {
      return List.of();
    }
    List<Size> sizes = new ArrayList<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        Path file = Path.of(unit.getSourceFile().toUri());
        sizes.add(new Size(file, "", Files.readAllLines(file).size()));
        unit.accept(new Bodies(file, unit, positions, sizes), null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse " + sources, e);
    }
    return sizes;
  }

  private static final class Bodies extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final Path file;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Size> sizes;
    private final Deque<String> types = new ArrayDeque<>();

    Bodies(Path file, CompilationUnitTree unit, SourcePositions positions, List<Size> sizes) {
      this.file = file;
      this.unit = unit;
      this.positions = positions;
      this.sizes = sizes;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      types.push(type.getSimpleName().toString());
      super.visitClass(type, null);
      types.pop();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      var body = method.getBody();
      if (body != null) {
        var lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, body));
        long last = lines.getLineNumber(positions.getEndPosition(unit, body));
        String name = types.getFirst() + "." + method.getName();
        sizes.add(new Size(file, name, Math.toIntExact(last - first + 1)));
      }
      return super.visitMethod(method, null);
    }
  }
}
