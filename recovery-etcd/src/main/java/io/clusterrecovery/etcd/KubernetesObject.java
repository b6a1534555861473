package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * What is read of an object that an API server has stored: its kind, its UID, and the newest of the
 * times that the API server itself has written into its metadata.
 *
 * <p>Protobuf: {@code k8s\\0}, then {@code runtime.Unknown} with the object as its raw bytes
 * ({@code apimachinery/pkg/runtime/generated.proto}); the first field of every object is its {@code
 * ObjectMeta} ({@code apis/meta/v1/generated.proto}). JSON: as custom resources are stored.
 *
 * @param kind API version and kind, such as {@code v1 Namespace}; empty if it has none
 * @param newest seconds since 1970; 0 if there is no time in it
 */
record KubernetesObject(String kind, String uid, long newest) {
  static final KubernetesObject NONE = new KubernetesObject("", "", 0);

  private static final byte[] PROTOBUF = "k8s\0".getBytes(US_ASCII);

  /** Above what etcd takes, unless it is told otherwise. */
  private static final int LARGEST_JSON = 4 << 20;

  private static final int UNKNOWN_TYPE = 1;
  private static final int UNKNOWN_RAW = 2;
  private static final int API_VERSION = 1;
  private static final int KIND = 2;
  private static final int METADATA = 1;
  private static final int UID = 5;
  private static final int CREATED = 8;
  private static final int MANAGED_FIELDS = 17;
  private static final int MANAGED_TIME = 4;
  private static final int SECONDS = 1;

  /** Reads an object; whatever is none gives {@link #NONE}. */
  static KubernetesObject read(ByteBuffer buffer, int at, int length) {
    try {
      if (startsWith(buffer, at, length, PROTOBUF)) {
        return protobuf(new ProtobufFields(buffer, at + PROTOBUF.length, at + length));
      }
      return length > 0 && length <= LARGEST_JSON && buffer.get(at) == '{'
          ? KubernetesJson.read(bytes(buffer, at, length))
          : NONE;
    } catch (ProtobufFormatException e) {
      return NONE;
    }
  }

  static boolean startsWith(ByteBuffer buffer, int at, int length, byte[] start) {
    if (length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (buffer.get(at + i) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static KubernetesObject protobuf(ProtobufFields unknown) {
    String kind = "";
    KubernetesObject object = NONE;
    while (unknown.next()) {
      if (unknown.isBytes(UNKNOWN_TYPE)) {
        kind = kind(unknown.message());
      } else if (unknown.isBytes(UNKNOWN_RAW)) {
        object = object(unknown.message());
      }
    }
    return new KubernetesObject(kind, object.uid, object.newest);
  }

  private static String kind(ProtobufFields type) {
    String version = "";
    String kind = "";
    while (type.next()) {
      if (type.isBytes(API_VERSION)) {
        version = type.text();
      } else if (type.isBytes(KIND)) {
        kind = type.text();
      }
    }
    return version + " " + kind;
  }

  private static KubernetesObject object(ProtobufFields raw) {
    return raw.next() && raw.isBytes(METADATA) ? metadata(raw.message()) : NONE;
  }

  private static KubernetesObject metadata(ProtobufFields metadata) {
    String uid = "";
    long newest = 0;
    while (metadata.next()) {
      if (metadata.isBytes(UID)) {
        uid = metadata.text();
      } else if (metadata.isBytes(CREATED)) {
        newest = Math.max(newest, seconds(metadata.message()));
      } else if (metadata.isBytes(MANAGED_FIELDS)) {
        newest = Math.max(newest, managed(metadata.message()));
      }
    }
    return new KubernetesObject("", uid, newest);
  }

  private static long managed(ProtobufFields entry) {
    long newest = 0;
    while (entry.next()) {
      if (entry.isBytes(MANAGED_TIME)) {
        newest = Math.max(newest, seconds(entry.message()));
      }
    }
    return newest;
  }

  private static long seconds(ProtobufFields time) {
    while (time.next()) {
      if (time.isNumber(SECONDS)) {
        return time.number();
      }
    }
    return 0;
  }

  private static byte[] bytes(ByteBuffer buffer, int at, int length) {
    byte[] copy = new byte[length];
    buffer.get(at, copy);
    return copy;
  }
}
