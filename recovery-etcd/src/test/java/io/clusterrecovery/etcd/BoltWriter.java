package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes bbolt databases page by page, well-formed or not; bbolt's page.go has the layout. */
final class BoltWriter {
  static final int BRANCH = 1;
  static final int LEAF = 2;
  static final int META = 4;
  static final int FREELIST = 16;
  static final long NO_FREELIST = -1;
  private static final int ELEMENT = 16;
  private static final int HEADER = 16;

  /** An element of a page: of a leaf by its value, of a branch by its child. */
  @SuppressWarnings("ArrayRecordComponent")
  record Element(byte[] key, byte[] value, boolean isBucket, long child) {
    static Element entry(byte[] key, byte[] value) {
      return new Element(key, value, false, 0);
    }

    static Element entry(String key, byte[] value) {
      return entry(key.getBytes(ISO_8859_1), value);
    }

    /** A bucket with a root page of its own. */
    static Element bucket(String name, long root) {
      byte[] value =
          ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN).putLong(0, root).array();
      return new Element(name.getBytes(ISO_8859_1), value, true, 0);
    }

    /** A bucket that is kept inline. */
    static Element inline(String name, Element... entries) {
      byte[] page = page(0, LEAF, List.of(entries), 1);
      byte[] value = ByteBuffer.allocate(HEADER + page.length).put(HEADER, page).array();
      return new Element(name.getBytes(ISO_8859_1), value, true, 0);
    }

    static Element child(byte[] key, long page) {
      return new Element(key, new byte[0], false, page);
    }
  }

  private final int pageSize;
  private final ByteArrayOutputStream pages = new ByteArrayOutputStream();

  BoltWriter(int pageSize) {
    this.pageSize = pageSize;
    pages.writeBytes(new byte[2 * pageSize]);
  }

  /** The id that the next page will have. */
  long next() {
    return pages.size() / pageSize;
  }

  long leaf(Element... elements) {
    return add(page(next(), LEAF, List.of(elements), pageSize));
  }

  long branch(Element... elements) {
    return add(page(next(), BRANCH, List.of(elements), pageSize));
  }

  long freelist(long... free) {
    ByteBuffer page =
        ByteBuffer.allocate(round(HEADER + Long.BYTES * free.length, pageSize))
            .order(ByteOrder.LITTLE_ENDIAN);
    header(page, next(), FREELIST, free.length, pageSize);
    for (int i = 0; i < free.length; i++) {
      page.putLong(HEADER + i * Long.BYTES, free[i]);
    }
    return add(page.array());
  }

  /** A page of which nothing is known. */
  long garbage() {
    byte[] page = new byte[pageSize];
    java.util.Arrays.fill(page, (byte) 0xA5);
    return add(page);
  }

  byte[] finish(long root, long freelist) {
    ByteBuffer all = ByteBuffer.wrap(pages.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    meta(all, 0, root, freelist, 7);
    meta(all, 1, root, freelist, 6);
    return all.array();
  }

  private long add(byte[] page) {
    long id = next();
    pages.writeBytes(page);
    return id;
  }

  private static byte[] page(long id, int kind, List<Element> elements, int unit) {
    int data = HEADER + ELEMENT * elements.size();
    int size = data + elements.stream().mapToInt(e -> e.key.length + e.value.length).sum();
    ByteBuffer page = ByteBuffer.allocate(round(size, unit)).order(ByteOrder.LITTLE_ENDIAN);
    header(page, id, kind, elements.size(), unit);
    for (int i = 0; i < elements.size(); i++) {
      int at = HEADER + ELEMENT * i;
      Element element = elements.get(i);
      if (kind == LEAF) {
        page.putInt(at, element.isBucket ? 1 : 0).putInt(at + 4, data - at);
        page.putInt(at + 8, element.key.length).putInt(at + 12, element.value.length);
      } else {
        page.putInt(at, data - at).putInt(at + 4, element.key.length);
        page.putLong(at + 8, element.child);
      }
      page.put(data, element.key).put(data + element.key.length, element.value);
      data += element.key.length + element.value.length;
    }
    return page.array();
  }

  private static void header(ByteBuffer page, long id, int kind, int count, int unit) {
    page.putLong(0, id).putShort(8, (short) kind).putShort(10, (short) count);
    page.putInt(12, unit == 1 ? 0 : page.capacity() / unit - 1);
  }

  private void meta(ByteBuffer all, int page, long root, long freelist, long transaction) {
    int at = page * pageSize;
    all.putLong(at, page).putShort(at + 8, (short) META);
    at += HEADER;
    all.putInt(at, 0xED0CDAED).putInt(at + 4, 2).putInt(at + 8, pageSize);
    all.putLong(at + 16, root).putLong(at + 32, freelist).putLong(at + 40, next());
    all.putLong(at + 48, transaction);
    all.putLong(at + 56, fnv(all, at, 56));
  }

  static long fnv(ByteBuffer bytes, int from, int length) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ Byte.toUnsignedLong(bytes.get(from + i))) * 0x100000001b3L;
    }
    return hash;
  }

  private static int round(int size, int unit) {
    return (size + unit - 1) / unit * unit;
  }
}
