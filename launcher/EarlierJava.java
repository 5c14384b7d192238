import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The maker of jars that tell whoever has an earlier Java what they need: the classes themselves lie where only Java 25 and later looks for them, and in
/// their places stand some of the same form that every Java from 17 on can load, and whose methods say so and do nothing else. Without them the JVM says
/// that some class has a version of 69.
final class EarlierJava {
  private static final int JAVA = 25;
  private static final int EARLIEST = ClassFile.JAVA_17_VERSION;
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String OURS = "META-INF/versions/" + JAVA + "/";
  private static final String NEEDS =
      "Pintle needs Java %d or later, in the JVM that runs the tests (with Maven: a toolchain, or the JDK that runs Maven; with Gradle: the toolchain of the test task). This is Java "
          .formatted(JAVA);

  private static final ClassDesc ERROR = ClassDesc.of("java.lang.UnsupportedClassVersionError");
  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final MethodTypeDesc TEXT_TO_TEXT =
      MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String);

  private EarlierJava() {}

  /// A jar, as one that every Java from 17 on reads.
  static byte[] told(byte[] jar, LocalDateTime moment) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), zip.readAllBytes());
        }
      }
    }
    Map<String, byte[]> told = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String name = file.getKey();
      if (name.equals(MANIFEST)) {
        told.put(name, ofSeveralVersions(file.getValue()));
      } else if (!name.endsWith(".class") || isPackage(name)) {
        told.put(name, isPackage(name) ? earlier(file.getValue()) : file.getValue());
      } else {
        told.put(name, earlier(file.getValue()));
        told.put(OURS + name, file.getValue());
      }
    }
    return zip(told, moment);
  }

  private static boolean isPackage(String name) {
    return name.endsWith("/package-info.class");
  }

  private static byte[] ofSeveralVersions(byte[] manifest) throws IOException {
    Manifest read = new Manifest(new ByteArrayInputStream(manifest));
    read.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    read.write(out);
    return out.toByteArray();
  }

  /// Annotations and their constants stay whole: who reads them runs no method of theirs.
  private static byte[] earlier(byte[] bytes) {
    ClassFile files = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
    ClassModel model = files.parse(bytes);
    boolean whole =
        model.flags().has(AccessFlag.ANNOTATION) || model.flags().has(AccessFlag.ENUM);
    ClassFile writer = whole ? ClassFile.of() : files;
    return writer.transformClass(
        model,
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.withVersion(EARLIEST, 0);
            case FieldModel field when !whole && !field.flags().has(AccessFlag.PUBLIC) -> {}
            case MethodModel method when !whole -> {
              if (!method.flags().has(AccessFlag.PRIVATE)
                  && !method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)) {
                builder.transformMethod(
                    method,
                    (to, part) -> {
                      if (part instanceof java.lang.classfile.CodeModel) {
                        to.withCode(EarlierJava::refuse);
                      } else {
                        to.with(part);
                      }
                    });
              }
            }
            default -> builder.with(element);
          }
        });
  }

  private static void refuse(CodeBuilder code) {
    code.new_(ERROR)
        .dup()
        .loadConstant(NEEDS)
        .loadConstant("java.version")
        .invokestatic(SYSTEM, "getProperty", TEXT_TO_TEXT)
        .invokevirtual(ConstantDescs.CD_String, "concat", TEXT_TO_TEXT)
        .invokespecial(
            ERROR,
            ConstantDescs.INIT_NAME,
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
        .athrow();
  }

  /// The manifest first, as tools expect it.
  private static byte[] zip(Map<String, byte[]> files, LocalDateTime moment) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      byte[] manifest = files.remove(MANIFEST);
      if (manifest != null) {
        add(zip, MANIFEST, manifest, moment);
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        add(zip, file.getKey(), file.getValue(), moment);
      }
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content, LocalDateTime moment)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(moment);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
