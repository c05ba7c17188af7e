package io.wgwhy.rules;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Has the classes that were made of a pack's rules count how often they are called. What Drools
 * joins, it joins by calling them: inside of a join there is no other place to stop.
 */
final class Metering {
  private static final String FUEL = "io/wgwhy/rules/Fuel";

  private Metering() {}

  /** The same class, each of its methods beginning with {@link Fuel#burn}. */
  static byte[] metered(byte[] compiled, String pack) {
    ClassReader reader = new ClassReader(compiled);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Methods(writer, pack), 0);
    return writer.toByteArray();
  }

  private static final class Methods extends ClassVisitor {
    private final String pack;

    Methods(ClassVisitor next, String pack) {
      super(Opcodes.ASM9, next);
      this.pack = pack;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return name.startsWith("<") ? next : new Begin(next, pack);
    }
  }

  private static final class Begin extends MethodVisitor {
    private final String pack;

    Begin(MethodVisitor next, String pack) {
      super(Opcodes.ASM9, next);
      this.pack = pack;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitLdcInsn(pack);
      visitMethodInsn(Opcodes.INVOKESTATIC, FUEL, "burn", "(Ljava/lang/String;)V", false);
    }
  }
}
