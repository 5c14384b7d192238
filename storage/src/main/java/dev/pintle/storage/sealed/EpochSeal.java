package dev.pintle.storage.sealed;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.codec.SealBroken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The seal of one member's folder: AES-256-GCM with the keys of its epochs.
///
/// What is sealed has the number of the epoch (4 bytes) and the counter (8 bytes) in front, the bytes, and 16 bytes by which a
/// change shows.
public final class EpochSeal implements Seal {
  /// What a seal adds to the bytes.
  public static final int OVERHEAD_BYTES = 28;

  private static final int HEAD_BYTES = 12;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final String ALGORITHM = "AES/GCM/NoPadding";

  private final Path folder;
  private final KeyFile keys;
  private final Map<Integer, Epoch> epochs = new ConcurrentHashMap<>();
  private final Map<Integer, SecretKeySpec> derived = new ConcurrentHashMap<>();
  private final Epoch current;
  private final SecretKeySpec currentKey;

  /// Whether the file names no epoch of another key any more. They are kept here for who still reads a moment before.
  private volatile boolean forgotten;

  private final AtomicLong counter = new AtomicLong();
  private final ConcurrentLinkedDeque<Cipher> idle = new ConcurrentLinkedDeque<>();

  private EpochSeal(Path folder, KeyFile keys, List<Epoch> known, Epoch current) {
    this.folder = folder;
    this.keys = keys;
    this.current = current;
    for (Epoch epoch : known) {
      epochs.put(epoch.number(), epoch);
    }
    this.currentKey = keyOf(current);
    derived.put(current.number(), currentKey);
  }

  /// Opens the seal of `folder` and begins an epoch, which is durable when this returns.
  ///
  /// @throws MissingKey when something there was sealed with a key that the file does not hold; nothing was changed then
  public static EpochSeal open(Path folder, KeyFile keys) throws IOException {
    List<Epoch> known = SealFile.read(folder);
    int last = 0;
    for (Epoch epoch : known) {
      if (keys.find(epoch.key()).isEmpty()) {
        throw new MissingKey(folder, epoch.key(), keys.file());
      }
      last = Math.max(last, epoch.number());
    }
    byte[] salt = new byte[MasterKey.BYTES];
    new SecureRandom().nextBytes(salt);
    Epoch next = new Epoch(last + 1, keys.first().id(), HexFormat.of().formatHex(salt));
    List<Epoch> all = new ArrayList<>(known);
    all.add(next);
    SealFile.write(folder, all);
    return new EpochSeal(folder, keys, all, next);
  }

  /// Whether anything may be there that another key than the first one sealed.
  public boolean hasStale() {
    return !forgotten && epochs.values().stream().anyMatch(this::isStale);
  }

  private boolean isStale(Epoch epoch) {
    return !epoch.key().equals(current.key());
  }

  /// Whether another key than the first one sealed this.
  boolean isStale(byte[] sealed) {
    Epoch epoch = sealed.length < HEAD_BYTES ? null : epochs.get(ByteBuffer.wrap(sealed).getInt());
    return epoch != null && isStale(epoch);
  }

  /// The ids of the keys that are needed beside the first one.
  public List<String> staleKeys() {
    return epochs.values().stream()
        .filter(this::isStale)
        .map(Epoch::key)
        .distinct()
        .sorted()
        .toList();
  }

  /// Forgets the epochs of all keys but the first: nothing that they sealed is there any more, as the caller has made sure.
  public void forgetStale() throws IOException {
    List<Epoch> kept =
        epochs.values().stream()
            .filter(epoch -> !isStale(epoch))
            .sorted((a, b) -> Integer.compare(a.number(), b.number()))
            .toList();
    SealFile.write(folder, kept);
    forgotten = true;
  }

  @Override
  public byte[] seal(byte[] plain, int from, int length, byte[] place) {
    return seal(plain, from, length, null, place);
  }

  /// The same of two parts, one behind the other.
  byte[] seal(byte[] head, Bytes body, byte[] place) {
    return seal(head, 0, head.length, body, place);
  }

  private byte[] seal(byte[] head, int from, int length, @Nullable Bytes body, byte[] place) {
    int total = length + (body == null ? 0 : body.size());
    byte[] sealed = new byte[total + OVERHEAD_BYTES];
    long number = counter.incrementAndGet();
    ByteBuffer.wrap(sealed).putInt(current.number()).putLong(number);
    Cipher cipher = take();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, currentKey, nonce(number));
      cipher.updateAAD(place);
      int at = HEAD_BYTES;
      if (body == null) {
        cipher.doFinal(head, from, length, sealed, at);
      } else {
        at += cipher.update(head, from, length, sealed, at);
        cipher.doFinal(body.array(), 0, body.size(), sealed, at);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing %d bytes".formatted(total), e);
    }
    idle.addFirst(cipher);
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, byte[] place) {
    if (sealed.length < OVERHEAD_BYTES) {
      throw new SealBroken("%d bytes are not a sealed value".formatted(sealed.length));
    }
    ByteBuffer head = ByteBuffer.wrap(sealed);
    Epoch epoch = epochs.get(head.getInt());
    if (epoch == null) {
      throw new SealBroken(
          "sealed in an epoch that the file %s does not name".formatted(SealFile.NAME));
    }
    long number = head.getLong();
    Cipher cipher = take();
    try {
      cipher.init(Cipher.DECRYPT_MODE, keyOf(epoch), nonce(number));
      cipher.updateAAD(place);
      byte[] plain = cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
      idle.addFirst(cipher);
      return plain;
    } catch (AEADBadTagException changed) {
      throw new SealBroken("is not what was sealed here", changed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening %d bytes".formatted(sealed.length), e);
    }
  }

  private SecretKeySpec keyOf(Epoch epoch) {
    SecretKeySpec known = derived.get(epoch.number());
    if (known != null) {
      return known;
    }
    MasterKey master =
        keys.find(epoch.key())
            .orElseThrow(() -> new SealBroken("sealed with the key " + epoch.key()));
    SecretKeySpec made = master.derive(epoch.saltBytes());
    derived.put(epoch.number(), made);
    return made;
  }

  /// The counter behind four zeros: within an epoch it never comes again.
  private static GCMParameterSpec nonce(long number) {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(nonce).putInt(0).putLong(number);
    return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
  }

  /// One that failed is not put back.
  private Cipher take() {
    Cipher waiting = idle.pollFirst();
    if (waiting != null) {
      return waiting;
    }
    try {
      return Cipher.getInstance(ALGORITHM);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
