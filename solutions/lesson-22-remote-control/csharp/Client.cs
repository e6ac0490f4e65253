// 레슨 22 remote-control: 유니티를 맡는 클라이언트, C#으로. 유니티의 API는 쓰지 않습니다.
// Lesson 22 remote-control: the client that plays Unity, in C#. It uses nothing of Unity's API.
//
//     mcs Client.cs && mono Client.exe 127.0.0.1:9090

using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

/// 서버가 보낸 것이 프레임이나 명령이 아닙니다. / What the server has sent is no frame, or no command.
class RubbishException : Exception
{
    public RubbishException(string why) : base(why) { }
}

/// 프레임(레슨 16): 본문의 길이를 담은 네 바이트, 그리고 본문. / Frames (lesson 16): four bytes with the body's length, then the body.
static class Frames
{
    const int Most = 1024;
    static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

    public static void Send(Stream stream, string text)
    {
        byte[] body = Utf8.GetBytes(text);
        byte[] frame = new byte[4 + body.Length];
        // 네트워크의 순서(빅 엔디언)로 적습니다. BitConverter는 이 컴퓨터의 순서를 씁니다.
        // In the network's order (big-endian); BitConverter has this machine's.
        for (int at = 0; at < 4; at++)
        {
            frame[at] = (byte)(body.Length >> (24 - 8 * at));
        }
        body.CopyTo(frame, 4);
        stream.Write(frame, 0, frame.Length);
    }

    /// 다음 프레임의 본문. 서버가 프레임 사이에서 끝냈으면 null. / The next frame's body; null where the server has ended between two.
    public static string Read(Stream stream)
    {
        byte[] header = new byte[4];
        int first = stream.Read(header, 0, 4);
        if (first == 0)
        {
            return null;
        }
        Fill(stream, header, first);
        uint length = 0;
        foreach (byte part in header)
        {
            length = length << 8 | part;
        }
        if (length > Most)
        {
            throw new RubbishException("프레임이 너무 깁니다");
        }
        byte[] body = new byte[length];
        Fill(stream, body, 0);
        return Utf8.GetString(body);
    }

    /// Read는 온 만큼만 주므로, 다 올 때까지 읽습니다. / Read gives what has come: this reads until all has.
    static void Fill(Stream stream, byte[] bytes, int from)
    {
        while (from < bytes.Length)
        {
            int count = stream.Read(bytes, from, bytes.Length - from);
            if (count == 0)
            {
                throw new EndOfStreamException("프레임이 중간에 끝났습니다");
            }
            from += count;
        }
    }
}

/// 서버에 가서 명령을 한 번씩만 하고, 끊기면 다시 갑니다. / Goes to the server, carries each command out once, and comes back when it is lost.
class RemoteClient
{
    const int FirstPause = 100;
    const int LongestPause = 2000;

    readonly string host;
    readonly int port;
    readonly Action<string> carryOut;
    readonly ManualResetEvent stopped = new ManualResetEvent(false);
    volatile TcpClient server;
    ulong last;
    bool isConnected;

    public RemoteClient(string host, int port, Action<string> carryOut)
    {
        this.host = host;
        this.port = port;
        this.carryOut = carryOut;
    }

    public void KeepComingBack()
    {
        int pause = FirstPause;
        int next = FirstPause;
        bool isTold = false;
        do
        {
            Exception why = ObeyOnce();
            if (isConnected)
            {
                isConnected = false;
                next = FirstPause;
                isTold = false;
            }
            if (!isTold)
            {
                Console.WriteLine("끊겼습니다");
                isTold = true;
            }
            if (why != null)
            {
                Console.Error.WriteLine(host + ":" + port + ": " + why.Message);
            }
            pause = next;
            next = Math.Min(LongestPause, pause * 2);
        } while (!stopped.WaitOne(pause));
    }

    /// KeepComingBack이 끝납니다. 다른 스레드에서 부릅니다. / KeepComingBack ends; called on another thread.
    public void Stop()
    {
        stopped.Set();
        TcpClient there = server;
        if (there != null)
        {
            there.Close();
        }
    }

    /// 연결 하나의 처음부터 끝까지. 무엇이 잘못되었으면 그것. / One connection, from its beginning to its end; what went wrong, if anything.
    Exception ObeyOnce()
    {
        try
        {
            using (server = new TcpClient(host, port))
            {
                server.NoDelay = true;
                Obey(server);
            }
            return null;
        }
        catch (SocketException error) { return error; }
        catch (IOException error) { return error; }
        catch (RubbishException error) { return error; }
        catch (DecoderFallbackException error) { return error; }
        // Stop이 연결을 닫았거나, 하던 명령을 그만두게 했습니다. / Stop has closed the connection, or a command was called off.
        catch (ObjectDisposedException error) { return error; }
        catch (OperationCanceledException error) { return error; }
    }

    // ANCHOR: obey
    void Obey(TcpClient server)
    {
        Stream stream = server.GetStream();
        Frames.Send(stream, "last " + last);
        string answer = Frames.Read(stream);
        if (answer == null)
        {
            return;
        }
        last = NumberAfter("after ", answer);
        isConnected = true;
        Console.WriteLine("연결되었습니다: " + server.Client.RemoteEndPoint);
        string frame;
        while ((frame = Frames.Read(stream)) != null)
        {
            int blank = frame.IndexOf(' ');
            ulong id = Number(frame.Substring(0, Math.Max(blank, 0)));
            if (id > last)
            {
                carryOut(frame.Substring(blank + 1));
                last = id;
            }
            Frames.Send(stream, "done " + id);
        }
    }
    // ANCHOR_END: obey

    static ulong NumberAfter(string word, string frame)
    {
        if (!frame.StartsWith(word, StringComparison.Ordinal))
        {
            throw new RubbishException("알 수 없는 프레임입니다");
        }
        return Number(frame.Substring(word.Length));
    }

    /// 숫자로만 적은 번호. / A number in digits alone.
    static ulong Number(string text)
    {
        ulong number;
        bool isOne = ulong.TryParse(text, System.Globalization.NumberStyles.None, null, out number);
        if (!isOne)
        {
            throw new RubbishException("알 수 없는 프레임입니다");
        }
        return number;
    }
}

static class Program
{
    static void Main(string[] arguments)
    {
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        string address = arguments.Length > 0 ? arguments[0] : "127.0.0.1:9090";
        int colon = address.LastIndexOf(':');
        string host = address.Substring(0, colon);
        int port = int.Parse(address.Substring(colon + 1));
        Thread ending = new Thread(EndOnEnter);
        ending.IsBackground = true;
        ending.Start();
        new RemoteClient(host, port, command => Console.WriteLine("명령: " + command)).KeepComingBack();
    }

    static void EndOnEnter()
    {
        if (Console.ReadLine() != null)
        {
            Environment.Exit(0);
        }
    }
}
