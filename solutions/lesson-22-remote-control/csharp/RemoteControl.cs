// 실행해 보지 않았습니다: 유니티 안에서만 컴파일됩니다. Client.cs의 RubbishException, Frames, RemoteClient를 함께 두세요.
// Not run: it compiles within Unity only. Keep RubbishException, Frames and RemoteClient of Client.cs beside it.
//
// 유니티의 API는 대부분 메인 스레드에서만 부를 수 있습니다. 네트워크 스레드는 명령을 큐에 넣고 그것을
// 할 때까지 기다리고, Update가 프레임마다 꺼내서 합니다. 그래서 done은 한 다음에 갑니다.
// Most of Unity's API may be called on the main thread only. The network's thread puts a command
// into a queue and waits until it is carried out, which Update does, frame by frame: done is sent
// after that.

using System.Collections.Concurrent;
using System.Threading;
using UnityEngine;

public class RemoteControl : MonoBehaviour
{
    public string host = "127.0.0.1";
    public int port = 9090;

    class Order
    {
        public string Command;
        public readonly ManualResetEventSlim IsDone = new ManualResetEventSlim();
    }

    readonly ConcurrentQueue<Order> orders = new ConcurrentQueue<Order>();
    readonly CancellationTokenSource ending = new CancellationTokenSource();
    RemoteClient client;

    void Start()
    {
        client = new RemoteClient(host, port, WaitUntilItIsDone);
        Thread network = new Thread(client.KeepComingBack);
        network.IsBackground = true;
        network.Start();
    }

    /// 네트워크 스레드에서. / On the network's thread.
    void WaitUntilItIsDone(string command)
    {
        Order order = new Order { Command = command };
        orders.Enqueue(order);
        order.IsDone.Wait(ending.Token);
    }

    /// 메인 스레드에서, 프레임마다. / On the main thread, frame by frame.
    void Update()
    {
        while (orders.TryDequeue(out Order order))
        {
            CarryOut(order.Command);
            order.IsDone.Set();
        }
    }

    /// 에디터에서는 멈춘 뒤에도 스레드가 남으므로, 끝내 주어야 합니다.
    /// In the editor threads outlive the play mode: it has to be ended.
    void OnDestroy()
    {
        ending.Cancel();
        client.Stop();
    }

    void CarryOut(string command)
    {
        switch (command)
        {
            case "왼쪽": transform.Translate(Vector3.left); break;
            case "오른쪽": transform.Translate(Vector3.right); break;
            case "점프": transform.Translate(Vector3.up); break;
            default: Debug.Log("모르는 명령입니다: " + command); break;
        }
    }
}
