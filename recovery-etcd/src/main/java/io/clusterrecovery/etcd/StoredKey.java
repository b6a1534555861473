package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;

/**
 * Where key and value of a revision are: etcd stores each as {@code mvccpb.KeyValue}. A revision
 * that deletes has no value; one that {@code --bump-revision} has made has not even a key.
 */
record StoredKey(int keyAt, int keySize, int valueAt, int valueSize) {
  private static final int KEY = 1;
  private static final int VALUE = 5;

  static StoredKey read(ByteBuffer page, int at, int size) {
    int keyAt = at;
    int keySize = 0;
    int valueAt = at;
    int valueSize = 0;
    try {
      ProtobufFields fields = new ProtobufFields(page, at, at + size);
      while (fields.next()) {
        if (fields.isBytes(KEY)) {
          keyAt = fields.start();
          keySize = fields.length();
        } else if (fields.isBytes(VALUE)) {
          valueAt = fields.start();
          valueSize = fields.length();
        }
      }
    } catch (ProtobufFormatException e) {
      throw BoltFormatException.corrupt("a revision of it cannot be read: " + e.getMessage());
    }
    return new StoredKey(keyAt, keySize, valueAt, valueSize);
  }

  long fingerprint(ByteBuffer page) {
    return KeyFingerprint.of(page, keyAt, keySize);
  }

  boolean keyEndsWith(ByteBuffer page, byte[] end) {
    return keySize >= end.length
        && KubernetesObject.startsWith(page, keyAt + keySize - end.length, end.length, end);
  }
}
